import Joi from 'joi';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { lambda } from '../../../shared/aws/lambda';
import { s3 } from '../../../shared/aws/s3';
import { ses } from '../../../shared/aws/ses';
import { environment, optional, text } from '../../../shared/lambda/environment';
import { invocation } from '../../../shared/lambda/invocation';
import { schedule } from '../../../shared/lambda/schedule';
import { DynamodbRuns } from '../adapters/dynamodb-runs';
import { LambdaDayBooks } from '../adapters/lambda-day-books';
import { LambdaFunctions } from '../adapters/lambda-functions';
import { reportWriter } from '../adapters/report-writer';
import { S3ReportArchive } from '../adapters/s3-report-archive';
import { SesReportMailer } from '../adapters/ses-report-mailer';
import { type MakeDailyReport, makeDailyReport } from '../use-cases/make-daily-report';

const env = environment({
  MAINTENANCE_TABLE: text,
  AUDIT_ORDERS: text,
  AUDIT_PAYMENTS: text,
  SUM_CLICKS: text,
  REPORTS_BUCKET: text,
  MAIL_FROM: text,
  REPORT_TO: optional,
});

const ports = {
  books: new LambdaDayBooks(new LambdaFunctions(lambda), {
    orders: env.AUDIT_ORDERS,
    payments: env.AUDIT_PAYMENTS,
    clicks: env.SUM_CLICKS,
  }),
  writer: reportWriter,
  archive: new S3ReportArchive(s3, env.REPORTS_BUCKET),
  mailer: new SesReportMailer(ses, env.MAIL_FROM, env.REPORT_TO),
  runs: new DynamodbRuns(dynamodb, env.MAINTENANCE_TABLE, Date.now),
  clock: Date.now,
};

const payload = Joi.object<MakeDailyReport, true>({
  day: Joi.string()
    .pattern(/^\d{4}-\d\d-\d\d$/)
    .optional(),
  mail: Joi.boolean(),
});

export const handler = schedule(payload, async (input) => {
  const { report, files } = await makeDailyReport(ports, input);
  const { log, metrics } = invocation();
  const { day, orders, revenue, refunds, conversion } = report;
  metrics.add('reportedOrders', orders);
  log.info({ day, orders, revenue, refunds, conversion, files, mailed: input.mail }, 'daily report');
  return { ...report, files };
});
