"""A channel in memory on a virtual clock: it can fail in every way that Slack can."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from scheduler.errors import PostFailed
from scheduler.outbox import Outgoing, Posted


class VirtualTime:
    """Seconds that pass only when somebody waits."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def elapsed(self) -> float:
        return self.seconds

    def pause(self, seconds: float) -> None:
        self.seconds += seconds


@dataclass(frozen=True)
class Message:
    """A post as the other side keeps it. at: the virtual second in which it was made."""

    key: str
    posted: Posted
    at: float
    outgoing: Outgoing


@dataclass
class FakeSlack:
    """Keeps what was posted. `before` runs before a post is kept, `after` when it is: either may
    raise, as a refusal or as a lost answer. History shows a post `lag` seconds after it was made.
    asked: the second of each post and each look.
    """

    time: VirtualTime = field(default_factory=VirtualTime)
    before: Callable[[Outgoing], None] = lambda _: None
    after: Callable[[Outgoing], None] = lambda _: None
    looking: Callable[[Outgoing], None] = lambda _: None
    lag: float = 0.0
    messages: list[Message] = field(default_factory=list)
    posts: int = 0
    finds: int = 0
    removals: int = 0
    asked: list[float] = field(default_factory=list)

    def post(self, outgoing: Outgoing) -> Posted:
        self.posts += 1
        self.asked.append(self.time.seconds)
        posted = Posted(f"D-{outgoing.to}", f"{self.posts:06d}.0")
        self.before(outgoing)
        self.messages.append(Message(outgoing.key, posted, self.time.seconds, outgoing))
        self.after(outgoing)
        return posted

    def find(self, outgoing: Outgoing, besides: Posted | None = None) -> Posted | None:
        self.finds += 1
        self.asked.append(self.time.seconds)
        self.looking(outgoing)
        shown = self.time.seconds - self.lag
        return next(
            (
                message.posted
                for message in self.messages
                if message.key == outgoing.key and message.at <= shown and message.posted != besides
            ),
            None,
        )

    def remove(self, posted: Posted) -> None:
        self.removals += 1
        self.messages = [message for message in self.messages if message.posted != posted]

    def keys(self) -> list[str]:
        return [message.key for message in self.messages]


def failing(failure: PostFailed, times: int = 1) -> Callable[[Outgoing], None]:
    """Something to put `before` or `after` a post: it fails that many times, then no more."""
    left = [times]

    def fail(_: Outgoing) -> None:
        if left[0]:
            left[0] -= 1
            raise failure

    return fail
