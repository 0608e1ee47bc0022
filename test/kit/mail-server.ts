/** A real SMTP server on loopback that keeps what it is given. */
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface TestMailServer {
  url: string;
  mails: { from: string; to: string[]; raw: string }[];
  /** The next mails are refused with this answer, until it is undefined again. */
  refuse: string | undefined;
  close(): Promise<void>;
}

export async function newMailServer(): Promise<TestMailServer> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (kept.refuse) return done(new Error(kept.refuse));
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom ? mailFrom.address : '';
        kept.mails.push({ from, to: rcptTo.map((to) => to.address), raw: Buffer.concat(chunks).toString('utf8') });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const kept: TestMailServer = {
    url: `smtp://127.0.0.1:${port}`,
    mails: [],
    refuse: undefined,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return kept;
}

/** Header and decoded parts of a mail as text: enough to look for words. */
export function mailText(raw: string): string {
  const joined = raw.replace(/=\r\n/g, '');
  const quoted = joined.replace(/(?:=[0-9A-F]{2})+/g, (bytes) =>
    Buffer.from(bytes.replaceAll('=', ''), 'hex').toString('utf8'),
  );
  const words = quoted.replace(/=\?utf-8\?B\?([^?]+)\?=\s*/gi, (_, text: string) =>
    Buffer.from(text, 'base64').toString('utf8'),
  );
  return words.replace(
    /\r\n\r\n((?:[A-Za-z0-9+/=]{4,76}\r\n)+)/g,
    (_, text: string) => `\n\n${Buffer.from(text, 'base64').toString('utf8')}`,
  );
}
