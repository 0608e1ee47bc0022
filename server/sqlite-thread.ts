/** The thread of the embedded database's writer, with the transactions it runs from BEGIN to COMMIT by itself. */
import { checkOut } from './payment/check-out.ts';
import { settleTransaction } from './payment/settle-payments.ts';
import { serveConnection } from './platform/db/sqlite-thread.ts';

serveConnection([checkOut, settleTransaction]);
