package io.vaultmesh.spawn.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names that look legal and would break the service that has them. */
final class ReservedNames {

    private static final String DEVICES = """
            aux con nul prn
            com0 com1 com2 com3 com4 com5 com6 com7 com8 com9
            lpt0 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9
            """;

    private static final String KEYWORDS = """
            and as assert async await break class continue def del elif else except false finally for from global if
            import in is lambda none nonlocal not null or pass raise return true try while with yield
            """;

    private static final String DIRECTORIES = """
            build dist docs node-modules scripts src target test tests vendor venv
            """;

    /** What a generated service and its tools import, and what those import in turn. */
    private static final String PACKAGES = """
            aio-pika aiormq annotated-doc annotated-types anyio attr attrs certifi charset-normalizer click colorama conftest coverage
            dotenv exceptiongroup fastapi h11 h2 hatchling httpcore httptools httpx idna iniconfig itsdangerous jinja2
            jsonschema markupsafe mcp multidict multipart mypy mypy-extensions mypyc nats orjson packaging pamqp
            pathspec pip pkg-resources pluggy prometheus-client propcache py pydantic pydantic-core pygments pytest referencing requests rpds ruff
            setuptools sniffio starlette tomli trove-classifiers
            typing-extensions typing-inspection ujson urllib3 uvicorn uvloop watchfiles websockets wheel yaml yarl
            """;

    /** {@code sys.stdlib_module_names} of Python 3.10 to 3.14, without the names that start with an underscore. */
    private static final String STANDARD_LIBRARY = """
            abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb
            binascii binhex bisect builtins bz2 calendar cgi cgitb chunk cmath cmd code codecs codeop collections
            colorsys compileall compression concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes
            curses dataclasses datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno
            faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass
            gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io
            ipaddress itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math
            mimetypes mmap modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers
            opcode operator optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib
            poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri
            random re readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil
            signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl
            stat statistics string stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile
            telnetlib tempfile termios textwrap this threading time timeit tkinter token tokenize tomllib trace
            traceback tracemalloc tty turtle turtledemo types typing unicodedata unittest urllib uu uuid venv warnings
            wave weakref webbrowser winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib zoneinfo
            """;

    private static final Map<String, String> REASONS = reasons();

    private ReservedNames() {}

    /** Why a name is reserved; empty if it isn't. */
    static Optional<String> reason(String name) {
        return Optional.ofNullable(REASONS.get(name));
    }

    /** All reserved names, sorted. */
    static List<String> all() {
        return REASONS.keySet().stream().sorted().toList();
    }

    private static Map<String, String> reasons() {
        Map<String, String> reasons = new LinkedHashMap<>();
        put(reasons, DEVICES, "Windows has a device of that name");
        put(reasons, KEYWORDS, "it is a keyword");
        put(reasons, DIRECTORIES, "a project has a directory of that name");
        put(reasons, STANDARD_LIBRARY, "it would hide a module of Python's standard library");
        put(reasons, PACKAGES, "it would hide a package that the service or its tools import");
        return Map.copyOf(reasons);
    }

    private static void put(Map<String, String> reasons, String names, String reason) {
        for (String name : names.strip().split("\\s+", -1)) {
            reasons.putIfAbsent(name.replace('_', '-'), reason);
        }
    }
}
