"""Refusals of the scheduler, and the three ways in which a post can fail."""

from __future__ import annotations

from messages.errors import Problem


class SchedulerError(Problem):
    """The base of every refusal in `scheduler`."""


class PostFailed(SchedulerError):
    """A post did not go out. The policy travels with the error; callers never read status codes.

    permanent: no later try can succeed (channel gone, token revoked): a dead letter.
    retry_after: seconds that the other side asked us to wait; the post was certainly not made.
    unsure: the post may or may not have been made (answer lost, 5xx): look before trying again.
    """

    def __init__(
        self,
        message: str,
        /,
        *,
        permanent: bool = False,
        retry_after: float | None = None,
        unsure: bool = False,
        **values: object,
    ) -> None:
        super().__init__(message, **values)
        self.permanent = permanent
        self.retry_after = retry_after
        self.unsure = unsure
