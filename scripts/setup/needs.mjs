/** What tests need besides npm packages, as data: the programs, the Debian packages that bring them, and the suites that use them. */

export const programs = {
  // The -core packages have the server alone: no system service, no root account, nothing to switch off.
  mariadb: {
    files: ['/usr/sbin/mariadbd', '/usr/bin/mariadb-install-db', '/usr/bin/my_print_defaults'],
    debian: ['mariadb-server-core', 'mariadb-client-core'],
  },
  redis: { files: ['/usr/bin/redis-server', '/usr/bin/redis-cli'], debian: ['redis-server', 'redis-tools'] },
  // Replication for clusters of MariaDB. State goes by what the nodes have cached, so rsync is not needed.
  galera: { files: ['/usr/lib/galera/libgalera_smm.so'], debian: ['galera-4'] },
  network: { files: ['/usr/sbin/ip', '/usr/sbin/iptables'], debian: ['iproute2', 'iptables'] },
  // Hosts that can be cut off from each other: the kernel lets only root make them.
  partitions: { files: ['/usr/sbin/ip', '/usr/sbin/iptables'], debian: ['iproute2', 'iptables'], root: true },
  // A second opinion on the certificates that the simulated networks make for themselves.
  openssl: { files: ['/usr/bin/openssl'], debian: ['openssl'] },
  haproxy: { files: ['/usr/sbin/haproxy'], debian: ['haproxy'] },
  // The virtual IP, and whoever watches all processes of a lab.
  keepalived: { files: ['/usr/sbin/keepalived'], debian: ['keepalived'], root: true },
  prometheus: { files: ['/usr/bin/prometheus', '/usr/bin/promtool'], debian: ['prometheus'] },
  // A zone's disk in a file.
  disks: { files: ['/usr/sbin/mkfs.ext4', '/usr/bin/fallocate'], debian: ['e2fsprogs', 'util-linux'], root: true },
  // Clocks that are off. Its folder is named for the machine's architecture; the shell that comes with it is not.
  faketime: { files: ['/usr/bin/faketime'], debian: ['faketime'] },
  // Chromium without its windows, from the same sources: a quarter less work for each page.
  chromium: { files: ['/usr/bin/chromium-headless-shell'], debian: ['chromium-headless-shell'] },
  // Without it Chinese text in a browser is boxes, and widths in page tests are wrong.
  chineseFont: { files: ['/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'], debian: ['fonts-noto-cjk'] },
};

/** A test file belongs to the first suite whose prefix starts its path; a file of no suite needs only Node. */
export const suites = [
  { prefix: 'test/kit/mariadb', needs: ['mariadb'] },
  { prefix: 'test/kit/namespaces', needs: ['partitions'] },
  { prefix: 'test/kit/galera', needs: ['mariadb', 'galera', 'network'] },
  { prefix: 'test/kit/replicas', needs: ['mariadb', 'network'] },
  { prefix: 'test/kit/redis-cluster', needs: ['redis', 'network'] },
  { prefix: 'test/kit/mysql-proxy', needs: ['mariadb'] },
  { prefix: 'test/contracts/redis/cluster', needs: ['redis', 'network'] },
  { prefix: 'test/contracts/redis/', needs: ['redis'] },
  { prefix: 'test/contracts/', needs: ['mariadb'] },
  { prefix: 'test/races/', needs: ['mariadb'] },
  { prefix: 'test/faults/attacks-in-pages', needs: ['mariadb', 'chromium', 'chineseFont'] },
  { prefix: 'test/faults/rolling', needs: ['mariadb', 'haproxy'] },
  { prefix: 'test/faults/redis/', needs: ['mariadb', 'redis'] },
  { prefix: 'test/faults/clusters/packet', needs: ['mariadb'] },
  { prefix: 'test/faults/clusters/partition', needs: ['mariadb', 'galera', 'partitions'] },
  { prefix: 'test/faults/clusters/', needs: ['mariadb', 'galera', 'redis', 'network'] },
  { prefix: 'test/faults/database-', needs: ['mariadb', 'galera', 'network'] },
  { prefix: 'test/faults/', needs: ['mariadb'] },
  { prefix: 'test/lab/auditor', needs: ['mariadb'] },
  { prefix: 'test/lab/report', needs: [] },
  { prefix: 'test/lab/workload', needs: [] },
  { prefix: 'test/lab/drills', needs: ['mariadb', 'galera', 'partitions', 'haproxy'] },
  {
    prefix: 'test/lab/',
    needs: ['mariadb', 'galera', 'redis', 'haproxy', 'prometheus', 'keepalived', 'partitions', 'disks', 'faketime'],
  },
  { prefix: 'test/journeys/', needs: ['mariadb'] },
  { prefix: 'gateways/certificate', needs: ['openssl'] },
  { prefix: 'test/web/ticket', needs: ['mariadb', 'chromium', 'chineseFont'] },
  { prefix: 'test/web/', needs: ['chromium', 'chineseFont'] },
];

export function needsOf(testFile) {
  return suites.find(({ prefix }) => testFile.startsWith(prefix))?.needs ?? [];
}
