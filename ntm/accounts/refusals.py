"""Why somebody is not let in, each with the sentence that they are told."""

import datetime as dt

from ntm import text
from ntm.text import _


class Refused(ValueError):
    """Somebody is not let in; the text says why and what to do."""


class WrongSecret(Refused):
    """The address, the password or the code is wrong: which of them is not said."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Địa chỉ thư, mật khẩu hoặc mã xác thực không đúng. Hãy gõ lại; nếu quên, xin người quản trị máy chủ "
                "một liên kết mới."
            )
        )


class ClocksApart(Refused):
    """A code of the second factor is right for another time than the server's."""

    def __init__(self, minutes: int, now: dt.datetime):
        super().__init__(
            _(
                "Mã xác thực là của lúc khác: đồng hồ điện thoại và máy chủ lệch nhau khoảng {minutes} phút. Giờ máy "
                "chủ là {now}. Hãy chỉnh giờ cho đúng rồi nhập mã mới.",
                minutes=minutes,
                now=text.moment(now),
            )
        )


class Locked(Refused):
    """There were too many failures under a name; `until` is when the next attempt is heard (naive UTC)."""

    def __init__(self, until: dt.datetime):
        self.until = until
        super().__init__(
            _(
                "Đã sai quá nhiều lần. Hãy thử lại sau {until}, hoặc nhờ người quản trị máy chủ mở khóa.",
                until=text.moment(until),
            )
        )


class UnknownLink(Refused):
    """There is no such one-time link."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Không có liên kết này, hoặc đã có liên kết mới thay nó. Hãy xem lại có chép thiếu chữ nào không, hoặc "
                "xin người quản trị máy chủ một liên kết mới."
            )
        )


class SpentLink(Refused):
    """A one-time link was used already, or has expired."""

    def __init__(self, is_used: bool):
        super().__init__(
            _("Liên kết này đã được dùng; mỗi liên kết chỉ dùng một lần. Hãy xin người quản trị máy chủ liên kết mới.")
            if is_used
            else _("Liên kết này đã hết hạn. Hãy xin người quản trị máy chủ một liên kết mới.")
        )


class WeakPassword(Refused):
    """A new password is not good enough."""
