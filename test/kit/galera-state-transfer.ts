/**
 * How a Galera node of ours gets what it missed. The script that the server calls for it comes in Debian with a whole service
 * around; all our nodes have one file system, so a copy does. What the other's cache still holds comes as changes, and only
 * their starting point goes through here; else (an empty or outdated node) the folder is copied while the giver holds still.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The server looks for `wsrep_sst_<method>` on its PATH. */
export const transferMethod = 'local';

const script = `#!/bin/sh
# Called by the server: --role joiner|donor --address ... --datadir ... [--bypass] [--gtid ...]. It answers on its output.
set -e
while [ $# -gt 0 ]; do
  case $1 in
    --role) role=$2 ;;
    --address) address=$2 ;;
    --datadir) data=\${2%/} ;;
    --gtid) position=$2 ;;
    --bypass) bypass=yes ;;
  esac
  shift
done

if [ "$role" = joiner ]; then
  note=$data.transfer
  rm -f "$note"
  mkfifo "$note"
  echo "ready $address/$note"
  cat "$note"
  rm -f "$note"
  exit
fi

# The address is what the joiner said: host/path.
note=/\${address#*/}
note=$(echo "$note" | tr -s /)
to=\${note%.transfer}
if [ -z "$bypass" ]; then
  echo 'flush tables'
  while [ ! -r "$data/tables_flushed" ]; do sleep 0.1; done
  position=$(cat "$data/tables_flushed")
  rm -f "$data/tables_flushed"
  find "$to" -mindepth 1 -delete
  (cd "$data"; tar cf - --exclude='./galera.cache' --exclude='./g*state.dat' --exclude='./binlog.*' .) | (cd "$to"; tar xf -)
fi
echo continue
echo "$position" >"$note"
echo "done $position"
`;

/** @returns a folder for the server's PATH */
export async function writeTransferScript(dir: string): Promise<string> {
  const bin = join(dir, 'bin');
  await mkdir(bin, { recursive: true });
  await writeFile(join(bin, `wsrep_sst_${transferMethod}`), script, { mode: 0o755 });
  return bin;
}
