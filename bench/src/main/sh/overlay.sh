# Runs a program of unpacked packages where it expects to be: their /usr over the system's, and a
# folder of ours, and theirs, over /etc. In a mount namespace of its own: nobody else sees it.
# Called as: unshare --mount --propagation private sh overlay.sh ROOT ETC PROGRAM [ARGUMENT…]
set -eu
root=$1 etc=$2
shift 2
over() { mount -t overlay overlay -o lowerdir="$1" "$2"; }
over "$root/usr:/usr" /usr
if [ -d "$root/lib" ]; then over "$root/lib:/usr/lib" /usr/lib; fi
if [ -d "$root/etc" ]; then etc=$etc:$root/etc; fi
over "$etc:/etc" /etc
exec "$@"
