import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cssFault } from './custom-css.ts';

const picture = `/pictures/${'Ab_-9'.repeat(8)}abc-640.webp`;

test('plain styles pass, with pictures of the shop', () => {
  const good = [
    '',
    'body { background: #fff; } .a > .b::before { content: "→"; }',
    '@media (min-width: 48em) { header { padding: 1rem } }',
    `main { background: url(${picture}) no-repeat; }`,
    `main { background: URL( "${picture}" ); }`,
    '/* a remark */ a { color: rgb(1 2 3 / 50%); transition: all 0.2s }',
  ];
  for (const css of good) assert.equal(cssFault(css), undefined, css);
});

test('nothing may be loaded from elsewhere, however it is written', () => {
  const bad = [
    '@import "x.css"',
    '@IMPORT url(x.css)',
    '@\\69mport "x.css"',
    '@im\\port "x.css"',
    '@im/**/port "x"; a{background:url(/x)}',
    'a { background: url(https://evil.example/a.png) }',
    'a { background: url(//evil.example/a.png) }',
    'a { background: u\\72l(https://evil.example) }',
    'a { background: \\75 rl("https://evil.example") }',
    'a { background: url("/pictures/../api/v1/shop") }',
    'a { background: url(/api/v1/account/log-out) }',
    `a { background: url(${picture}), url(/x) }`,
    'a { content: "/*"; background: url(https://evil.example); } b { content: "*/" }',
    'a { background: image-set("https://evil.example/a.png" 1x) }',
    'a { background: -webkit-image-set("a.png" 1x) }',
    '@font-face { font-family: x; src: url(//evil.example/f) }',
    'a { background: url(data:image/svg+xml;base64,AAAA) }',
    'a { width: expression(alert(1)) }',
    'a { width: exp/**/ression(alert(1)) }',
    'a { behavior: url(x.htc) }',
    'a { -moz-binding: url(x.xml#a) }',
    'a { background: url(javascript:alert(1)) }',
    '</style><script>alert(1)</script>',
    '< /STYLE >',
    'a { background: url(',
  ];
  for (const css of bad) assert.notEqual(cssFault(css), undefined, css);
});
