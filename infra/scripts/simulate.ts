/** `npm run simulate -- [seconds until a Fargate task is at work]`: what each setting makes of the made-up days. */
import process from 'node:process';
import { cheapest, resultOf, SETTINGS, type SettingName } from '../simulation/settings.js';

const startSeconds = Number(process.argv[2] ?? 90);
if (!(startSeconds >= 0)) {
  console.error(`Expected seconds that a Fargate task takes to start; got ${process.argv[2] ?? ''}.`);
  process.exit(2);
}
const results = (Object.keys(SETTINGS) as SettingName[]).map((setting) =>
  resultOf(setting, { startSeconds }),
);
console.log('setting   p50 wait  p95 wait   longest  worker-hours   most  interruptions');
for (const result of results) {
  const seconds = [result.p50Wait, result.p95Wait, result.longestWait].map((wait) =>
    `${wait.toFixed(1)} s`.padStart(9),
  );
  const rest = [
    result.workerHours.toFixed(1).padStart(13),
    result.mostWorkers.toFixed(0).padStart(6),
    result.interruptions.toFixed(1).padStart(14),
  ];
  console.log(`${result.setting.padEnd(8)} ${seconds.join(' ')} ${rest.join(' ')}`);
}
console.log(`cheapest with a p95 below 60 s: ${cheapest(results) ?? 'none'}`);
