/** The frame of a report: one file that opens anywhere, with a switch of language that needs no script. */
import { style } from './style.ts';
import { escapeHtml } from './words.ts';

export function htmlDocument(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body>
<main>
<div class="brand" style="display:flex;justify-content:space-between;align-items:center">
<span>Cardwell · <span lang="zh">故障演练</span><span lang="en">failure drill</span></span>
<span class="switch"><input class="language" type="radio" name="language" id="in-zh"><label for="in-zh">中文</label>
<input class="language" type="radio" name="language" id="in-en" checked><label for="in-en">English</label></span>
</div>
${body}
</main>
</body>
</html>
`;
}
