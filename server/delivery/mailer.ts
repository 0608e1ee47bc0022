/** The way to the mail server. Every wait has an end: a mail server that hangs must not hold the outbox. */
import { createTransport } from 'nodemailer';

export interface Mail {
  to: string;
  /** The same for each try of one message, so that a repeat can be recognised as one. */
  messageId: string;
  subject: string;
  text: string;
  html: string;
  /** Where mail programs send one POST when the reader wants no more of them (RFC 8058). */
  unsubscribeUrl?: string;
}

export interface Mailer {
  /** Rejects when the mail server did not take it. */
  send(mail: Mail): Promise<void>;
  /** Rejects when the mail server cannot be reached or does not let us in. */
  verify(): Promise<void>;
  close(): void;
}

const connectTimeoutMs = 10_000;
const answerTimeoutMs = 20_000;

export function createMailer({ smtpUrl, from }: { smtpUrl: string; from: string }): Mailer {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 4,
    connectionTimeout: connectTimeoutMs,
    greetingTimeout: connectTimeoutMs,
    dnsTimeout: connectTimeoutMs,
    socketTimeout: answerTimeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send({ to, messageId, subject, text, html, unsubscribeUrl }) {
      await transport.sendMail({
        from,
        // As an object the address is taken literally: a comma in it does not make two.
        to: { name: '', address: to },
        messageId,
        subject,
        text,
        html,
        headers: {
          'Auto-Submitted': 'auto-generated',
          ...(unsubscribeUrl && {
            'List-Unsubscribe': `<${unsubscribeUrl}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }),
        },
      });
    },
    async verify() {
      await transport.verify();
    },
    close: () => transport.close(),
  };
}
