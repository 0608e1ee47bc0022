/** The plain thread: statements only. A process that names transactions brings an entry of its own. */
import { serveConnection } from './sqlite-thread.ts';

serveConnection([]);
