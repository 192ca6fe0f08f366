/* A disk that is never asked whether it has kept what it was given. */

int fsync(int fd) { (void)fd; return 0; }

int fdatasync(int fd) { (void)fd; return 0; }

int sync_file_range(int fd, long offset, long count, unsigned flags)
{
    (void)fd; (void)offset; (void)count; (void)flags;
    return 0;
}
