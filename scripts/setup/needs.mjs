/** What tests need besides npm packages, as data: the programs, the Debian packages that bring them, and the suites that use them. */

export const programs = {
  // The -core packages have the server alone: no system service, no root account, nothing to switch off.
  mariadb: {
    files: ['/usr/sbin/mariadbd', '/usr/bin/mariadb-install-db', '/usr/bin/my_print_defaults'],
    debian: ['mariadb-server-core', 'mariadb-client-core'],
  },
  redis: { files: ['/usr/bin/redis-server', '/usr/bin/redis-cli'], debian: ['redis-server', 'redis-tools'] },
  chromium: { files: ['/usr/bin/chromium'], debian: ['chromium'] },
  // Without it Chinese text in a browser is boxes, and widths in page tests are wrong.
  chineseFont: { files: ['/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'], debian: ['fonts-noto-cjk'] },
};

/** A test file belongs to the first suite whose prefix starts its path; a file of no suite needs only Node. */
export const suites = [
  { prefix: 'test/kit/mariadb', needs: ['mariadb'] },
  { prefix: 'test/contracts/redis/', needs: ['redis'] },
  { prefix: 'test/contracts/', needs: ['mariadb'] },
  { prefix: 'test/races/', needs: ['mariadb'] },
  { prefix: 'test/faults/redis/', needs: ['mariadb', 'redis'] },
  { prefix: 'test/faults/', needs: ['mariadb'] },
  { prefix: 'test/journeys/', needs: ['mariadb'] },
  { prefix: 'test/web/', needs: ['chromium', 'chineseFont'] },
];

export function needsOf(testFile) {
  return suites.find(({ prefix }) => testFile.startsWith(prefix))?.needs ?? [];
}
