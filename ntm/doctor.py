"""The doctor: looks at an installation as docs/hardening.md asks, and says of each point what to do.

Each check returns what it found; none changes anything.
"""

import json
import math
import os
import platform
import re
import shutil
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import ProxyHandler, build_opener

from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from ntm import database, database_roles, environment, people, people_list, seal, store, text, tokens
from ntm.accounts import keeping, tables
from ntm.accounts.keeping import Account
from ntm.environment import setting
from ntm.paths import LEAST_FREE, ROOT, VAR
from ntm.text import _, number, plural

GOOD, DOUBTFUL, BAD = "✓", "!", "✕"
LEAST_SECRET = 32  # signs of the cookie's secret
OLDEST_BACKUP = 7  # days
PATIENCE = 60  # seconds that the server has for an answer: the first one loads the data
OTHERS = stat.S_IRWXG | stat.S_IRWXO
DAY = 86_400
LOCKED = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==([^\s;\\]+)", re.MULTILINE)
VERSION = platform.python_version()


@dataclass(frozen=True)
class Finding:
    """What a check has found: GOOD, DOUBTFUL or BAD, and a sentence, which says what to do where it is not good."""

    mark: str
    words: str


def examine() -> list[Finding]:
    """Return the findings of every check."""
    from ntm.server import quirks

    quirks.take_over(environment.inherited())
    return [finding for check in CHECKS for finding in check()]


def _address() -> Iterator[Finding]:
    from streamlit import get_option

    from ntm.server.listening import LOOPBACK

    address = get_option("server.address") or "0.0.0.0"
    if address in LOOPBACK:
        yield Finding(GOOD, _("Máy chủ chỉ nghe ở {address}.", address=address))
    else:
        yield Finding(
            DOUBTFUL,
            _("Máy chủ nghe ở {address}: chỉ nên nghe ở 127.0.0.1, sau nginx có TLS.", address=address),
        )


def server_address() -> str:
    """Return the address of the server on this machine, as its settings say."""
    from streamlit import get_option

    from ntm.server import addresses

    scheme = "https" if get_option("server.sslCertFile") else "http"
    return f"{scheme}://localhost:{get_option('server.port')}{addresses.base_path()}"


def _server() -> Iterator[Finding]:
    """Whether the server on this machine is ready, and what it says of itself."""
    address = server_address()
    try:
        ready, metrics = (_answer(f"{address}/{path}") for path in ("readyz", "metrics"))
        checks = json.loads(ready)["checks"]
        told = {
            sample.name: sample.value
            for family in text_string_to_metric_families(metrics)
            for sample in family.samples
            if not sample.labels
        }
    except (OSError, ValueError, KeyError, TypeError):  # nobody, or another program, is there
        words = _(
            "Không có máy chủ này ở {address}: chưa chạy, hoặc ở cổng khác (STREAMLIT_SERVER_PORT).", address=address
        )
        yield Finding(DOUBTFUL, words)
        return
    failing = [name for name, holds in checks.items() if not holds]
    if failing:
        wrong = _(
            "Máy chủ ở {address} chưa sẵn sàng: {failing}. Xem nhật ký.", address=address, failing=", ".join(failing)
        )
        yield Finding(BAD, wrong)
        return
    words = _(
        "Máy chủ ở {address} sẵn sàng: phiên bản số liệu {revision}, phiên đang mở {sessions}, bộ nhớ {memory} MB.",
        address=address,
        revision=number(told.get("ntm_revision")),
        sessions=number(told.get("ntm_sessions")),
        memory=number(told.get("process_resident_memory_bytes", math.nan) / 1e6),
    )
    yield Finding(GOOD, words)


def _answer(address: str) -> str:
    """What is answered at an address of this machine, also with an error's status; no proxy is asked."""
    opener = build_opener(ProxyHandler({}))
    try:
        with opener.open(address, timeout=PATIENCE) as answer:
            return str(answer.read().decode())
    except HTTPError as error:
        return error.read().decode()


def _hosts() -> Iterator[Finding]:
    from ntm.server import listening

    yield Finding(GOOD, _("Tên được nhận: {names}.", names=", ".join(sorted(listening.allowed_hosts()))))


def _signing_in() -> Iterator[Finding]:
    from ntm.server import proxy, ways
    from ntm.server.ways import Way

    if not _is_built():
        return  # _database says what to do
    found = ways.open_ways()
    if proxy.headers() and Way.PROXY not in found:
        yield Finding(
            BAD,
            _(
                "server.trustedUserHeaders không có hiệu lực: cần một tiêu đề cho email, và máy chủ chỉ nghe ở "
                "127.0.0.1 để không ai giả được tiêu đề."
            ),
        )
    if not found:
        yield Finding(DOUBTFUL, _("Chưa mở đăng nhập: trang chỉ để xem, số liệu nhập bằng dòng lệnh."))
    if Way.PROVIDER in found:
        yield from _provider()
    if Way.ACCOUNT in found:
        yield from _accounts()
    if {Way.PROXY, Way.OWNER} & set(found):
        yield Finding(GOOD, ways.words(found))


def _provider() -> Iterator[Finding]:
    from ntm.server import quirks
    from ntm.server.listening import LOOPBACK

    section = quirks.sign_in_secrets()
    address = urlsplit(str(section.get("redirect_uri", "")))
    if address.scheme == "https" or address.hostname in LOOPBACK:
        yield Finding(GOOD, _("Đăng nhập trở về {address}.", address=f"{address.scheme}://{address.netloc}"))
    else:
        yield Finding(BAD, _("redirect_uri không phải https: mật khẩu và cookie đi không mã hóa. Hãy đặt TLS."))
    if len(str(section.get("cookie_secret", ""))) < LEAST_SECRET:
        yield Finding(BAD, _("cookie_secret ngắn hơn {least} ký tự: hãy tạo chuỗi ngẫu nhiên dài.", least=LEAST_SECRET))


def _accounts() -> Iterator[Finding]:
    from streamlit import get_option

    from ntm.server import listening, ways

    found = keeping.listed(ways.engine())
    if not listening.is_on_loopback() and not get_option("server.sslCertFile"):
        yield Finding(
            BAD,
            _("Máy khác tới thẳng máy chủ mà không có TLS: mật khẩu đi không mã hóa. Hãy đặt nginx có TLS ở trước."),
        )
    strangers = _strangers(found)
    if strangers:
        yield Finding(
            DOUBTFUL,
            _(
                "Có tài khoản mà không có trong danh sách người dùng, nên chỉ được xem: {who}.",
                who=", ".join(strangers),
            ),
        )
    locked = [account.address for account in found if account.locked_until]
    if locked:
        yield Finding(
            DOUBTFUL, _("Đang khóa vì sai nhiều lần: {who}. Mở: python -m ntm accounts unlock.", who=", ".join(locked))
        )
    ready = sum(account.has_password for account in found)
    words = plural("{count} tài khoản, {ready} đã đặt mật khẩu.", len(found), ready=ready)
    yield Finding(GOOD if ready else DOUBTFUL, words)


def _strangers(found: list[Account]) -> list[str]:
    """The addresses of accounts that the list of people does not have; none if it cannot be read, see _people."""
    try:
        listed = people_list.load().listed
    except people.Faulty:
        return []
    return [account.address for account in found if account.address not in listed]


def _clock() -> Iterator[Finding]:
    """Codes of the second factor, sessions and links go by the server's clock."""
    if not _is_built():
        return
    now, written = tables.now(), store.revisions(store.connect())["created_at"].max()
    if written > now:
        yield Finding(
            BAD,
            _(
                "Đồng hồ máy chủ ({now}) chậm hơn số liệu mới nhất ({written}): hãy chỉnh giờ.",
                now=text.moment(now),
                written=text.moment(written),
            ),
        )
    else:
        yield Finding(GOOD, _("Giờ máy chủ {now}: phải đúng đến nửa phút để dùng mã hai bước.", now=text.moment(now)))


def _people() -> Iterator[Finding]:
    if not setting("NTM_PEOPLE"):
        yield Finding(DOUBTFUL, _("Chưa có danh sách người dùng (NTM_PEOPLE)."))
        return
    try:
        found = people_list.load()
    except people.Faulty as faulty:
        yield Finding(BAD, str(faulty))
        return
    count = sum(person.may_change for person in found.listed.values())
    yield Finding(GOOD, _("Danh sách người dùng đúng: {count} người được cập nhật.", count=count))


def _files() -> Iterator[Finding]:
    if os.name != "posix":
        yield Finding(DOUBTFUL, _("Windows: hãy để thư mục dự án chỉ tài khoản chạy phần mềm đọc được."))
        return
    files = [VAR, seal.file(), tokens.file(), _database_file(), Path(setting("NTM_PEOPLE") or VAR)]
    files += [Path(name) for name in setting("STREAMLIT_SECRETS_FILES").split(os.pathsep) if name]
    files += [ROOT / ".streamlit" / "secrets.toml"]
    found = sorted({str(file) for file in files if file and file.exists() and file.stat().st_mode & OTHERS})
    if found:
        yield Finding(BAD, _("Người khác đọc được {files}: chạy chmod go= với từng tệp.", files=", ".join(found)))
    else:
        yield Finding(GOOD, _("Tệp số liệu, khóa và bí mật chỉ tài khoản này đọc được."))


def _database_file() -> Path | None:
    url = make_url(database.default_url())
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def _is_built() -> bool:
    """Whether the database is there and up to date, asked without making it; also false if it cannot be opened."""
    file = _database_file()
    try:
        return not (file and not file.exists()) and database.is_current()
    except (SQLAlchemyError, ValueError):
        return False


def _database() -> Iterator[Finding]:
    file = _database_file()
    try:
        if (file and not file.exists()) or not database.is_current():
            yield Finding(BAD, _("Chưa có cơ sở dữ liệu, hoặc còn ở bản cũ: chạy python -m ntm build."))
            return
        engine = store.connect()
        weaknesses, followed = database_roles.weaknesses(engine), store.follow(engine)
    except (SQLAlchemyError, ValueError) as error:
        yield Finding(BAD, _("Không mở được cơ sở dữ liệu ({reason}).", reason=type(error).__name__))
        return
    for weakness in weaknesses:
        yield Finding(DOUBTFUL, _("{weakness}: chạy python -m ntm database harden.", weakness=weakness))
    if followed.fault:
        yield Finding(BAD, _("Chuỗi kiểm tra bị đứt: {fault}. Hãy báo người quản trị.", fault=followed.fault))
    else:
        yield Finding(GOOD, _("Chuỗi kiểm tra {links} mắt xích, mã {mark}", links=followed.links, mark=followed.mark))


def _disk() -> Iterator[Finding]:
    free = shutil.disk_usage(VAR if VAR.exists() else ROOT).free
    words = _("Đĩa còn {free} GB trống.", free=number(free / 1e9, 1))
    yield Finding(GOOD if free > LEAST_FREE else BAD, words)


def _backup() -> Iterator[Finding]:
    folder = setting("NTM_BACKUPS")
    kept = sorted(Path(folder).glob("*.zip"), key=lambda file: file.stat().st_mtime) if folder else []
    if not kept:
        yield Finding(BAD, _("Không thấy bản sao lưu: chạy backup hằng ngày vào thư mục mà NTM_BACKUPS nêu."))
        return
    days = (time.time() - kept[-1].stat().st_mtime) / DAY
    words = plural("Bản sao lưu mới nhất, {file}, cách đây {count} ngày.", round(days), file=kept[-1].name)
    yield Finding(GOOD if days <= OLDEST_BACKUP else BAD, words)


def _versions() -> Iterator[Finding]:
    locked = locked_versions()
    differing = [name for name, versions in locked.items() if _installed(name) not in {*versions, ""}]
    if differing:
        yield Finding(BAD, _("Gói khác requirements.lock: {names}. Cài lại.", names=", ".join(differing)))
        return
    words = _("Python {version}, {count} gói đúng requirements.lock.", version=VERSION, count=len(locked))
    yield Finding(GOOD, words)


def locked_versions(file: Path = ROOT / "requirements.lock") -> dict[str, set[str]]:
    """Return the packages of a lock: name → its versions, of which each system takes one."""
    found: dict[str, set[str]] = {}
    for name, version in LOCKED.findall(file.read_text("utf-8")):
        found.setdefault(name, set()).add(version)
    return found


def _installed(name: str) -> str:
    """The version that is installed; "" where none is: some are for other systems alone."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    _address,
    _server,
    _hosts,
    _signing_in,
    _clock,
    _people,
    _files,
    _database,
    _disk,
    _backup,
    _versions,
)
