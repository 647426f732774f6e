"""How much memory the reader process may take, so that a hostile workbook ends the reader and not Muster.

Each system has its own way; the process limits itself before it opens anything:

* Linux and other POSIX: RLIMIT_AS, an allocation beyond it fails;
* Windows: a job object with a limit of memory for the process;
* macOS accepts RLIMIT_AS and does not keep it: a thread looks at the process's peak and ends it.
"""

import os
import sys
import threading

#: What the reader may take, in bytes. 100,000 rows of 25 columns take about a tenth of it.
MEMORY_LIMIT = 2 * 2**30
#: The exit status of a reader that ended itself because it took too much.
TOO_MUCH = 86


def limit_memory(limit: int = MEMORY_LIMIT) -> None:
    """Hold this process to `limit` bytes of memory from now on."""
    if sys.platform == "win32":
        _join_job(limit)
    else:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard != resource.RLIM_INFINITY:
            limit = min(limit, hard)
        if sys.platform != "darwin":
            resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "darwin":
            threading.Thread(target=_watch, args=(limit,), daemon=True).start()


def _watch(limit: int) -> None:
    """End the process when its peak passes the limit (macOS gives the peak in bytes)."""
    import resource

    pause = threading.Event()
    while not pause.wait(0.05):
        if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > limit:
            os._exit(TOO_MUCH)


def _join_job(limit: int) -> None:
    """Put this process into a job object of its own with a limit of memory (Windows)."""
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        # JOBOBJECT_BASIC_LIMIT_INFORMATION, IO_COUNTERS and JOBOBJECT_EXTENDED_LIMIT_INFORMATION of winnt.h.
        class Basic(ctypes.Structure):
            _fields_ = (
                ("per_process_time", wintypes.LARGE_INTEGER),
                ("per_job_time", wintypes.LARGE_INTEGER),
                ("flags", wintypes.DWORD),
                ("minimum_working_set", ctypes.c_size_t),
                ("maximum_working_set", ctypes.c_size_t),
                ("active_processes", wintypes.DWORD),
                ("affinity", ctypes.c_size_t),
                ("priority", wintypes.DWORD),
                ("scheduling", wintypes.DWORD),
            )

        class Extended(ctypes.Structure):
            _fields_ = (
                ("basic", Basic),
                ("io", ctypes.c_ulonglong * 6),
                ("process_memory", ctypes.c_size_t),
                ("job_memory", ctypes.c_size_t),
                ("peak_process_memory", ctypes.c_size_t),
                ("peak_job_memory", ctypes.c_size_t),
            )

        limit_process_memory, die_on_unhandled, extended_limits = 0x100, 0x400, 9
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, wintypes.LPCWSTR)
        kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        job = kernel.CreateJobObjectW(None, None)
        limits = Extended()
        limits.basic.flags = limit_process_memory | die_on_unhandled
        limits.process_memory = limit
        if (
            not job
            or not kernel.SetInformationJobObject(job, extended_limits, ctypes.byref(limits), ctypes.sizeof(limits))
            or not kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
        ):
            # No limit, no reading: an unlimited reader could take the whole machine.
            raise OSError(ctypes.get_last_error(), "The memory of the reader cannot be limited")
