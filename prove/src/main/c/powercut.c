/*
 * NAME
 *     powercut - remember what a program has made durable
 *
 * DESCRIPTION
 *     Preloaded into a program, it writes down, for the files below one folder, what the program
 *     has asked the system to bring to the disk: the size of a file when it was last synced, and
 *     which changes of names a sync of their folder has covered. After the program was killed,
 *     PowerCut.java takes from the disk what was never asked for, which is what a power cut may do.
 *
 *     Counted: fsync, fdatasync, and writes through a descriptor that was opened with O_SYNC or
 *     O_DSYNC. Not counted: sync_file_range, which promises nothing. A rename or removal keeps the
 *     file that it replaces or removes as a link in the stash, so that it can be undone; so no inode
 *     number is used twice.
 *
 * ENVIRONMENT
 *     POWERCUT_ROOT   the folder to watch, an absolute path without links
 *     POWERCUT_LOG    where to write, a file outside of it
 *     POWERCUT_STASH  a folder on the same file system, outside of it
 *     POWERCUT_DEAF   for the controls: syncs of what has this in its path are not written down
 *
 * LOG
 *     One line an event; the event's number, a letter, inode numbers, paths behind tabs:
 *         n C folder file TAB path               made
 *         n R folder file stash TAB from TAB to  renamed, over what is now stash/stash (or 0)
 *         n U folder file stash TAB path         removed, and is now stash/stash
 *         n S file size                          synced up to this size
 *         n D folder before                      names synced, all events numbered below before
 *     The line is in the file before the call returns, so whatever the program says next is true of
 *     what is written here.
 *
 * BUGS
 *     Bytes overwritten in place or through a mapping (msync) are kept, synced or not: nothing that
 *     we watch writes so. Removed folders stay removed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_DESCRIPTORS 65536

static char root[PATH_MAX];
static size_t root_length;
static char stash[PATH_MAX];
static int log_fd = -1;
static const char *deaf;
static long events;
static long stashed;
static unsigned char synchronous[MOST_DESCRIPTORS];
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name))real(#name))

static void *real(const char *name)
{
    void *function = dlsym(RTLD_NEXT, name);
    if (!function) {
        fprintf(stderr, "powercut: no %s\n", name);
        abort();
    }
    return function;
}

__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("POWERCUT_ROOT");
    const char *log = getenv("POWERCUT_LOG");
    const char *keep = getenv("POWERCUT_STASH");
    if (!path || !log || !keep)
        return;
    snprintf(root, sizeof root, "%s/", path);
    snprintf(stash, sizeof stash, "%s", keep);
    log_fd = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log_fd < 0) {
        perror("powercut");
        abort();
    }
    deaf = getenv("POWERCUT_DEAF");
    root_length = strlen(root);
}

/* Whether the path is the folder that is watched, or lies below it. */
static int watched(const char *path)
{
    return root_length && (!strncmp(path, root, root_length)
        || (!strncmp(path, root, root_length - 1) && !path[root_length - 1]));
}

/* The absolute path of a name; 0 if it is none of ours. */
static int resolve(int at, const char *name, char *path)
{
    if (!root_length || !name)
        return 0;
    if (name[0] == '/')
        snprintf(path, PATH_MAX, "%s", name);
    else {
        char link[64], folder[PATH_MAX];
        if (at == AT_FDCWD)
            snprintf(link, sizeof link, "/proc/self/cwd");
        else
            snprintf(link, sizeof link, "/proc/self/fd/%d", at);
        ssize_t length = readlink(link, folder, sizeof folder - 1);
        if (length <= 0)
            return 0;
        folder[length] = 0;
        if ((size_t)length + strlen(name) + 2 > PATH_MAX)
            return 0;
        memcpy(path, folder, (size_t)length);
        path[length] = '/';
        strcpy(path + length + 1, name);
    }
    return watched(path);
}

/* Whether a sync of what is open here is to be written down. */
static int of_descriptor(int fd)
{
    char link[64], path[PATH_MAX];
    if (!root_length)
        return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0)
        return 0;
    path[length] = 0;
    return watched(path) && !(deaf && strstr(path, deaf));
}

static long inode(const char *path)
{
    struct stat about;
    return lstat(path, &about) ? 0 : (long)about.st_ino;
}

static long parent(const char *path)
{
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash)
        *slash = 0;
    return inode(folder);
}

/* Writes one event down; the mutex is held. */
static void say(const char *format, ...)
{
    char line[3 * PATH_MAX];
    int length = snprintf(line, sizeof line, "%ld ", events++);
    va_list rest;
    va_start(rest, format);
    length += vsnprintf(line + length, sizeof line - (size_t)length, format, rest);
    va_end(rest);
    if (syscall(SYS_write, log_fd, line, (size_t)length) != length)
        abort();
}

/* Keeps what has this name as a link in the stash; its number there, or 0. */
static long keep(const char *path)
{
    char to[PATH_MAX + 32];
    snprintf(to, sizeof to, "%s/%ld", stash, stashed + 1);
    if (syscall(SYS_linkat, AT_FDCWD, path, AT_FDCWD, to, 0))
        return 0;
    return ++stashed;
}

/* --- what is synced --- */

static int synced(int fd, int (*sync)(int))
{
    struct stat about;
    int ours = of_descriptor(fd) && !fstat(fd, &about);
    pthread_mutex_lock(&mutex);
    long before = events;
    pthread_mutex_unlock(&mutex);
    int result = sync(fd);
    if (ours && !result) {
        int error = errno;
        pthread_mutex_lock(&mutex);
        if (S_ISDIR(about.st_mode))
            say("D %ld %ld\n", (long)about.st_ino, before);
        else
            say("S %ld %ld\n", (long)about.st_ino, (long)about.st_size);
        pthread_mutex_unlock(&mutex);
        errno = error;
    }
    return result;
}

int fsync(int fd)
{
    return synced(fd, REAL(fsync));
}

int fdatasync(int fd)
{
    return synced(fd, REAL(fdatasync));
}

static void wrote(int fd)
{
    struct stat about;
    if (fd < 0 || fd >= MOST_DESCRIPTORS || !synchronous[fd] || fstat(fd, &about))
        return;
    int error = errno;
    pthread_mutex_lock(&mutex);
    say("S %ld %ld\n", (long)about.st_ino, (long)about.st_size);
    pthread_mutex_unlock(&mutex);
    errno = error;
}

ssize_t write(int fd, const void *bytes, size_t count)
{
    ssize_t result = REAL(write)(fd, bytes, count);
    wrote(fd);
    return result;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at)
{
    ssize_t result = REAL(pwrite64)(fd, bytes, count, at);
    wrote(fd);
    return result;
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at)
{
    ssize_t result = REAL(pwrite)(fd, bytes, count, at);
    wrote(fd);
    return result;
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    ssize_t result = REAL(writev)(fd, parts, count);
    wrote(fd);
    return result;
}

/* --- what has a name --- */

static int opened(int at, const char *name, int flags, mode_t mode)
{
    static int (*real_openat)(int, const char *, int, ...);
    char path[PATH_MAX];
    if (!real_openat)
        real_openat = (int (*)(int, const char *, int, ...))real("openat");
    int ours = (flags & (O_CREAT | O_SYNC | O_DSYNC)) && resolve(at, name, path);
    if (!ours) {
        int fd = real_openat(at, name, flags, mode);
        if (fd >= 0 && fd < MOST_DESCRIPTORS)
            synchronous[fd] = 0;
        return fd;
    }
    pthread_mutex_lock(&mutex);
    long there = inode(path);
    int fd = real_openat(at, name, flags, mode);
    int error = errno;
    if (fd >= 0 && (flags & O_CREAT) && !there)
        say("C %ld %ld\t%s\n", parent(path), inode(path), path);
    if (fd >= 0 && fd < MOST_DESCRIPTORS)
        synchronous[fd] = (flags & (O_SYNC | O_DSYNC)) != 0;
    pthread_mutex_unlock(&mutex);
    errno = error;
    return fd;
}

#define MODE(flags, mode)                                                                          \
    do {                                                                                           \
        if ((flags) & (O_CREAT | __O_TMPFILE)) {                                                   \
            va_list rest;                                                                          \
            va_start(rest, flags);                                                                 \
            mode = va_arg(rest, mode_t);                                                           \
            va_end(rest);                                                                          \
        }                                                                                          \
    } while (0)

int open(const char *name, int flags, ...)
{
    mode_t mode = 0;
    MODE(flags, mode);
    return opened(AT_FDCWD, name, flags, mode);
}

int open64(const char *name, int flags, ...)
{
    mode_t mode = 0;
    MODE(flags, mode);
    return opened(AT_FDCWD, name, flags | O_LARGEFILE, mode);
}

int openat(int at, const char *name, int flags, ...)
{
    mode_t mode = 0;
    MODE(flags, mode);
    return opened(at, name, flags, mode);
}

int openat64(int at, const char *name, int flags, ...)
{
    mode_t mode = 0;
    MODE(flags, mode);
    return opened(at, name, flags | O_LARGEFILE, mode);
}

int creat(const char *name, mode_t mode)
{
    return opened(AT_FDCWD, name, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

FILE *fopen64(const char *name, const char *how)
{
    char path[PATH_MAX];
    if (how[0] == 'r' || !resolve(AT_FDCWD, name, path))
        return REAL(fopen64)(name, how);
    pthread_mutex_lock(&mutex);
    long there = inode(path);
    FILE *file = REAL(fopen64)(name, how);
    int error = errno;
    if (file && !there)
        say("C %ld %ld\t%s\n", parent(path), inode(path), path);
    pthread_mutex_unlock(&mutex);
    errno = error;
    return file;
}

FILE *fopen(const char *name, const char *how)
{
    return fopen64(name, how);
}

int mkdir(const char *name, mode_t mode)
{
    char path[PATH_MAX];
    if (!resolve(AT_FDCWD, name, path))
        return REAL(mkdir)(name, mode);
    pthread_mutex_lock(&mutex);
    int result = REAL(mkdir)(name, mode);
    int error = errno;
    if (!result)
        say("C %ld %ld\t%s\n", parent(path), inode(path), path);
    pthread_mutex_unlock(&mutex);
    errno = error;
    return result;
}

int linkat(int from_at, const char *from, int to_at, const char *to, int flags)
{
    char path[PATH_MAX];
    if (!resolve(to_at, to, path))
        return REAL(linkat)(from_at, from, to_at, to, flags);
    pthread_mutex_lock(&mutex);
    int result = REAL(linkat)(from_at, from, to_at, to, flags);
    int error = errno;
    if (!result)
        say("C %ld %ld\t%s\n", parent(path), inode(path), path);
    pthread_mutex_unlock(&mutex);
    errno = error;
    return result;
}

int link(const char *from, const char *to)
{
    return linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int renameat(int from_at, const char *from, int to_at, const char *to)
{
    char source[PATH_MAX], target[PATH_MAX];
    if (!resolve(from_at, from, source) || !resolve(to_at, to, target))
        return REAL(renameat)(from_at, from, to_at, to);
    pthread_mutex_lock(&mutex);
    long replaced = inode(target) ? keep(target) : 0;
    int result = REAL(renameat)(from_at, from, to_at, to);
    int error = errno;
    if (!result)
        say("R %ld %ld %ld\t%s\t%s\n", parent(target), inode(target), replaced, source, target);
    pthread_mutex_unlock(&mutex);
    errno = error;
    return result;
}

int rename(const char *from, const char *to)
{
    return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

int unlinkat(int at, const char *name, int flags)
{
    char path[PATH_MAX];
    if ((flags & AT_REMOVEDIR) || !resolve(at, name, path))
        return REAL(unlinkat)(at, name, flags);
    pthread_mutex_lock(&mutex);
    long file = inode(path);
    long kept = keep(path);
    int result = REAL(unlinkat)(at, name, flags);
    int error = errno;
    if (!result)
        say("U %ld %ld %ld\t%s\n", parent(path), file, kept, path);
    pthread_mutex_unlock(&mutex);
    errno = error;
    return result;
}

int unlink(const char *name)
{
    return unlinkat(AT_FDCWD, name, 0);
}
