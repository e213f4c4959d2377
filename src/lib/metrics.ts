import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What /metrics shows. Labels are drawn from short fixed lists, never from ids or from input. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry, prefix: 'tallymark_' });

const registers = [registry];
const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export const metrics = {
  requests: new Histogram({
    name: 'tallymark_http_request_seconds',
    help: 'HTTP requests by route and status class',
    labelNames: ['route', 'status'],
    buckets: seconds,
    registers,
  }),
  deliveries: new Counter({
    name: 'tallymark_deliveries_total',
    help: 'Webhook deliveries by platform and outcome of the receiver',
    labelNames: ['platform', 'outcome'],
    registers,
  }),
  deliveryAge: new Histogram({
    name: 'tallymark_delivery_to_posted_seconds',
    help: 'From the receipt of a delivery to its points being posted',
    buckets: seconds,
    registers,
  }),
  rings: new Counter({
    name: 'tallymark_rings_total',
    help: 'Doorbell rings put on the queue, by bell and result',
    labelNames: ['bell', 'result'],
    registers,
  }),
  runs: new Histogram({
    name: 'tallymark_runs_seconds',
    help: 'Work done for one ring or one schedule, by name and result',
    labelNames: ['name', 'result'],
    buckets: seconds,
    registers,
  }),
  waiting: new Gauge({
    name: 'tallymark_waiting_rows',
    help: 'Rows that wait, at the last sweep, by table',
    labelNames: ['table'],
    registers,
  }),
  clockSkew: new Gauge({
    name: 'tallymark_clock_skew_seconds',
    help: 'The clock of this machine against that of the database',
    registers,
  }),
  otherVersions: new Counter({
    name: 'tallymark_deliveries_of_other_version_total',
    help: 'Genuine deliveries whose body is of another version of the platform than the one that is read: worth an alert',
    labelNames: ['platform'],
    registers,
  }),
};
