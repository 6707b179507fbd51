"""Refusals of the scheduler, and the ways in which a post and the store can fail."""

from __future__ import annotations

from messages.errors import Problem


class SchedulerError(Problem):
    """The base of every refusal in `scheduler`."""


class StoreFailed(SchedulerError):
    """The database did not answer or did not take it: locked, full, read-only, gone, restarted.

    Nothing of the transaction was kept. The same work may be tried again.
    """


class PostFailed(SchedulerError):
    """A post did not go out. The policy travels with the error; callers never read status codes.

    permanent: no later try can succeed (channel gone, text refused): a dead letter.
    retry_after: seconds that the other side asked us to wait; the post was certainly not made.
    unsure: the post may or may not have been made (answer lost, 5xx): look before trying again.
    stops_all: nothing can be posted anywhere until a person acts (token revoked, app removed);
        the row is kept, the run stops.
    None of them: certainly not posted, worth another try later (connection refused).
    """

    def __init__(
        self,
        message: str,
        /,
        *,
        permanent: bool = False,
        retry_after: float | None = None,
        unsure: bool = False,
        stops_all: bool = False,
        **values: object,
    ) -> None:
        super().__init__(message, **values)
        self.permanent = permanent
        self.retry_after = retry_after
        self.unsure = unsure
        self.stops_all = stops_all
