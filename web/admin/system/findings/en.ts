import type { zh } from './zh.ts';

export const en: Record<keyof typeof zh, string> = {
  'area.data directory': 'Data directory',
  'area.card key file': 'Card key file',
  'area.disk space': 'Disk space',
  'area.Redis': 'Redis cache',
  'area.Redis memory': 'Memory of Redis',
  'area.database': 'Database',
  'area.migrations': 'Tables',
  'area.integrity': 'Database file',
  'area.isolation': 'Isolation of transactions',
  'area.clock': 'Clock beside the database’s',
  'area.time': 'Clock of the server',
  'area.durability': 'Safety in a power cut',
  'area.host': 'Database host',
  'area.cluster': 'Database cluster',
  'area.address': 'Address of the shop',
  'area.mail': 'Mail',
  'area.review cases': 'Needs you',
  'area.outbox': 'Messages to send',
  'area.backup': 'Backup',
  'area.audit log': 'Audit log',
  'data-directory.fine': 'Can be read and written: {path}',
  'data-directory.unwritable':
    'The program cannot write to {path}. Give this folder to the user that the program runs as.',
  'data-directory.open': 'Other users of the server can change {path}. Run: chmod go-w {path}',
  'key-file.fine': '{path}, keys: {keys}, number {active} in use',
  'key-file.missing':
    'There is no key file yet; the first start of the shop makes it. Keep a copy elsewhere then. ({problem})',
  'key-file.bad':
    'The key file is in trouble, and cards may not open. Do what the brackets say, or put back the copy you keep. ({problem})',
  'disk.fine': '{free} GiB free, {used}% used',
  'disk.low': 'Only {free} GiB free, {used}% used. Make room: nothing can be sold on a full disk.',
  'disk.full': 'Only {free} GiB free, {used}% used: nearly full. Make room now, or every sale stops.',
  'disk.unknown': 'The free space cannot be told. Look on the server.',
  'redis.fine': 'Answers in {ms} ms',
  'redis.slow': 'Takes {ms} ms to answer, too slow to be of use. Check the network, or bring it to the same machine.',
  'redis.silent': 'Does not answer. The shop goes on, only slower. Check that Redis runs and that REDIS_URL is right.',
  'redis.refuses-when-full':
    'When full it refuses anything new. Change its maxmemory-policy from {policy} to allkeys-lru.',
  'database.unusable': 'It cannot be used. Check that it runs and that DATABASE_URL is right. ({error})',
  'database.sqlite': 'SQLite {version}',
  'database.mysql': 'MySQL protocol, version {version}',
  'migrations.pending': 'The tables are not those of this version yet: {list}. Run: cardwell migrate',
  'migrations.fine': 'Up to date',
  'integrity.fine': 'Checked, nothing is damaged',
  'integrity.damaged': 'The file is damaged. Stop the shop now and restore a backup. ({damage})',
  'isolation.fine': '{isolation}',
  'isolation.other':
    'It is {isolation} and should be READ-COMMITTED. A proxy in between may have changed it: check the proxy.',
  'clock.fine': '{ms} ms from the database server',
  'clock.apart': '{ms} ms from the database server. Let both servers set their clocks from a time service.',
  'time.fine': '{now}',
  'time.set-back':
    'The clock is {seconds} seconds behind the newest order: somebody set it back. Set the clock of the server right.',
  'durability.sqlite': 'Orders that were answered survive a power cut (WAL, FULL)',
  'durability.not-wal':
    'Its journal mode is {mode} and should be wal, or readers wait for every write. Restart the program; if it stays, check the disk the file is on.',
  'durability.fine': 'Orders that were answered survive a power cut',
  'durability.flush-log':
    'A power cut loses orders that were answered. Change innodb_flush_log_at_trx_commit of the database from {value} to 1.',
  'durability.sync-binlog':
    'After a power cut replicas may lack orders. Change sync_binlog of the database from {value} to 1.',
  'durability.binlog-format': 'Replicas may come to differ. Change binlog_format of the database from {value} to ROW.',
  'durability.doublewrite':
    'A power cut may damage data. Change innodb_doublewrite of the database from {value} to ON.',
  'host.silent': 'It does not answer, so one less can step in. Check that it runs. ({error})',
  'host.fine': 'Works ({facts})',
  'host.behind': 'It is too far behind to step in. Check its load and its network. ({facts})',
  'host.unreadable': 'What it holds cannot be used now. Find out why it does not keep up with the others. ({facts})',
  'host.rights':
    'The shop’s database user may write even to a read-only host. Give it rights on its own database only.',
  'host.flush-log': 'A power cut loses orders that were answered. Change {setting} from {value} to {wanted}.',
  'host.sync-binlog': 'After a power cut replicas may lack orders. Change {setting} from {value} to {wanted}.',
  'host.binlog-format': 'Hosts may come to differ. Change {setting} from {value} to {wanted}.',
  'host.doublewrite': 'A power cut may damage data. Change {setting} from {value} to {wanted}.',
  'host.insert-locks': 'Nodes wait for each other, or stop. Change {setting} from {value} to {wanted}.',
  'host.joining': 'A node stands still while it feeds one that joins. Change {setting} from {value} to {wanted}.',
  'host.keepalive':
    '{setting} is {value} s: a node is taken for dead before it can say that it lives. Go below a third of evs.suspect_timeout ({wanted} s).',
  'host.slow-suspicion':
    '{setting} is {value} s: for so long nothing can be sold when a node dies. Set PT1.5S within one place, PT5S and more only between regions.',
  'host.no-recovery': 'After a power cut of all nodes the cluster does not come back by itself. Turn {setting} on.',
  'host.whole-copies': 'After a restart of all, nodes need whole copies, which is slow. Turn {setting} on.',
  'host.no-quorum':
    'When the cluster parts, both halves go on selling, and a card may be sold twice. Turn {setting} off now.',
  'host.not-waiting':
    'Orders are answered before a replica has them: a failover loses some. Change {setting} from {value} to {wanted}.',
  'host.wait-point': 'Orders already seen can vanish in a failover. Change {setting} from {value} to {wanted}.',
  'host.short-wait':
    'After {value} ms it stops waiting for replicas, and a failover loses orders. Change {setting} to {wanted}.',
  'host.gave-up-waiting':
    'It no longer waits for replicas ({setting}): a failover loses what is sold now. Check that replicas still follow it.',
  'host.writable-replica':
    'This replica can be written to; what is written there is lost or stops it. Change {setting} from {value} to {wanted}.',
  'host.no-updates-logged':
    'If it becomes the primary, other replicas cannot follow it. Change {setting} from {value} to {wanted}.',
  'host.no-gtid': 'Without GTIDs nobody can tell which replica has most. Change {setting} from {value} to {wanted}.',
  'host.no-place': 'When the primary changes, it cannot find its place. Change {setting} from {value} to {wanted}.',
  'host.not-replicating':
    'This replica does not follow, and cannot step in. Mend its replication. ({setting}: {value})',
  'cluster.unlisted': 'The cluster has {size} nodes, but DATABASE_URL names {listed}. Name them all: {addresses}',
  'cluster.even':
    'The cluster has {size} nodes: if it parts in halves, both stop. Add a node or an arbitrator (garbd) elsewhere.',
  'cluster.parts': 'The nodes disagree on how many they are: the cluster is in parts. Check the network between them.',
  'cluster.two-writers':
    '{names} both take writes, and what they hold drifts apart. Leave the newest, and make the others read-only.',
  'address.development': '{url} (development)',
  'address.fine': '{url}',
  'address.not-https':
    'It is {url}, but buyers and payment channels need https. Get a certificate, and change BASE_URL to an https address.',
  'mail.none': 'No mail server is set: buyers get no mails. If you want them, set SMTP_URL.',
  'mail.fine': 'The mail server lets us in',
  'mail.refused':
    'The mail server does not let us in, so buyers get no mails. Check address, user and password in SMTP_URL. ({error})',
  'cases.none': 'Nothing waits',
  'cases.open': 'Waiting for a person: {count}. Open the page “Needs you”.',
  'outbox.fine': 'Nothing waits for more than ten minutes',
  'outbox.stuck':
    'Not sent for a long time: {count}. Check that background work runs, and the server they go to. (For example {id}: {error})',
  'backup.never': 'There has never been one. Make one on the page “Backups”, and turn scheduled backups on.',
  'backup.fine': 'The last one is {days} days old, in {folder}',
  'backup.old':
    'The last one is {days} days old. See on the page “Backups” why scheduled ones are not made. ({folder})',
  'backup.useless':
    'Backup {name} failed its rehearsal and would not bring the shop back. See its result on the page “Backups”, and make a new one.',
  'log.fine': 'Checked up to entry {seq}: nothing was changed',
  'log.unchecked': 'Not checked yet',
  'log.changed':
    'Somebody changed the audit log. See the page “Audit log”, and find out who can reach the database. ({sample})',
  'log.unchained': 'Not tied into the chain yet: {count}. Background work has not run for a while: check that it does.',
};
