import { Problem } from '../../../../contract/common.ts';
import {
  DoctorReply,
  JobList,
  JobListQuery,
  JobParams,
  JobReply,
  RunJobBody,
  SystemView,
} from '../../../../contract/system.ts';
import type { Context } from '../../../context.ts';
import { examine } from '../../../reconcile/doctor/checks.ts';
import { listJobs, readJob } from '../../../reconcile/system/job-store.ts';
import { requestJob } from '../../../reconcile/system/request-job.ts';
import { systemView } from '../../../reconcile/system/system-view.ts';
import { actorOf } from '../../actor.ts';
import type { App } from '../../app-type.ts';
import { ProblemError } from '../../problem.ts';

const tags = ['admin: system'];
const base = '/api/admin/v1/system';

export function systemRoutes(app: App, context: Context): void {
  const { config, database } = context;
  const read = { action: 'system.read' } as const;
  const show = {
    operationId: 'adminShowSystem',
    tags,
    summary: 'Version, database, migrations, processes, disks, keys, scans, the last audit',
    response: { 200: SystemView },
  };
  const places = { dataDir: config.dataDir, backupFolder: config.backupDir, copyFolder: config.backupCopyDir };
  const { environment } = config;
  app.get(base, { config: read, schema: show }, () => systemView({ ...context, ...places, environment }));
  const doctor = {
    operationId: 'adminShowDoctor',
    tags,
    summary: 'What cardwell doctor says, from the process that answers',
    response: { 200: DoctorReply },
  };
  app.get(`${base}/doctor`, { config: read, schema: doctor }, () => examine({ ...context, ...config }));
  const list = {
    operationId: 'adminListJobs',
    tags,
    summary: 'Backups, rehearsals, audits and scans that somebody or the calendar asked for, newest first',
    querystring: JobListQuery,
    response: { 200: JobList },
  };
  app.get(`${base}/jobs`, { config: read, schema: list }, async ({ query }) => ({
    jobs: await listJobs(database.read, query.kind, query.limit),
  }));
  const one = {
    operationId: 'adminShowJob',
    tags,
    summary: 'A job: how far it is, and what came of it',
    params: JobParams,
    response: { 200: JobReply, 404: Problem },
  };
  app.get(`${base}/jobs/:id`, { config: read, schema: one }, async ({ params }) => {
    const job = await readJob(database.read, params.id);
    if (!job) throw new ProblemError('job_not_found');
    return { job };
  });
  const run = {
    operationId: 'adminRunJob',
    tags,
    summary: 'Asks the worker for a backup, a rehearsal, an audit or a scan; the reply comes at once, the work follows',
    body: RunJobBody,
    response: { 202: JobReply, 404: Problem, 409: Problem },
  };
  app.post(`${base}/jobs`, { config: { action: 'system.run' }, schema: run }, async (request, reply) => {
    const outcome = await requestJob(context, { ...request.body, ...actorOf(request) });
    if (outcome.kind === 'running') throw new ProblemError('job_running');
    if (outcome.kind === 'no-such-backup') throw new ProblemError('backup_not_found');
    if (outcome.kind === 'no-such-scan') throw new ProblemError('scan_not_found');
    return reply.code(202).send({ job: outcome.job });
  });
}
