# Runs a program with other users and another host's name than the system's, in a mount namespace of its
# own. Called as: unshare --mount sh inside.sh FOLDER PROGRAM [ARGUMENT…]
set -eu
for file in passwd group hosts; do mount --bind "$1/$file" "/etc/$file"; done
shift
exec "$@"
