/**
 * The little Markdown a product description may use, turned into React elements: paragraphs, headings, lists, **bold**,
 * `code`, links to http and https. Nothing is ever taken as HTML.
 */
import type { ReactNode } from 'react';
import classes from './plain-markdown.module.css';

const inline =
  /\*\*([^*\n]+)\*\*|`([^`\n]+)`|\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)|(https?:\/\/[^\s<>()，。；、）]+)/g;

function spans(text: string): ReactNode[] {
  const out: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(inline)) {
    const [whole, bold, code, label, target, bare] = match;
    if (match.index > end) out.push(text.slice(end, match.index));
    if (bold) out.push(<strong key={match.index}>{bold}</strong>);
    else if (code) out.push(<code key={match.index}>{code}</code>);
    else
      out.push(
        <a key={match.index} href={target ?? bare} target="_blank" rel="noopener noreferrer nofollow ugc">
          {label ?? bare}
        </a>,
      );
    end = match.index + whole.length;
  }
  if (end < text.length) out.push(text.slice(end));
  return out;
}

function lines(rows: string[]): ReactNode[] {
  // biome-ignore lint/suspicious/noArrayIndexKey: the text is static, its lines have no other identity
  return rows.flatMap((row, at) => (at === 0 ? spans(row) : [<br key={`br${at}`} />, ...spans(row)]));
}

const bullet = /^\s*[-*•]\s+/;
const ordered = /^\s*\d+[.)、]\s*/;

type Heading = 'h2' | 'h3';

function block(rows: string[], key: number, Title: Heading): ReactNode {
  const first = rows[0] ?? '';
  const heading = /^#{1,6}\s+(.*)$/.exec(first);
  if (heading?.[1] && rows.length === 1) return <Title key={key}>{spans(heading[1])}</Title>;
  if (rows.every((row) => bullet.test(row))) return <ul key={key}>{items(rows, bullet)}</ul>;
  if (rows.every((row) => ordered.test(row))) return <ol key={key}>{items(rows, ordered)}</ol>;
  return <p key={key}>{lines(rows)}</p>;
}

function items(rows: string[], marker: RegExp): ReactNode[] {
  // biome-ignore lint/suspicious/noArrayIndexKey: as above
  return rows.map((row, at) => <li key={at}>{spans(row.replace(marker, ''))}</li>);
}

/** Blank lines part blocks; a change between heading, list and text parts them as well. */
export function markdownBlocks(text: string): string[][] {
  const kind = (row: string) => (/^#{1,6}\s/.test(row) ? 'h' : bullet.test(row) ? 'u' : ordered.test(row) ? 'o' : 'p');
  const blocks: string[][] = [];
  let previous = '';
  for (const row of text.replace(/\r\n?/g, '\n').split('\n')) {
    const now = row.trim() === '' ? '' : kind(row);
    if (now === '') previous = '';
    else if (now === previous && now !== 'h') blocks.at(-1)?.push(row);
    else blocks.push([row]);
    previous = now;
  }
  return blocks;
}

/** @param heading what its headings are on the page: one below the heading that it stands under */
export function PlainMarkdown({ text, heading = 'h3' }: { text: string; heading?: Heading }) {
  return <div className={classes.text}>{markdownBlocks(text).map((rows, key) => block(rows, key, heading))}</div>;
}
