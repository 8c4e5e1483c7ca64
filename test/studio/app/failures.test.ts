import { afterAll, expect, it } from 'vitest';
import { startService, type TestService } from '../../kit/service.js';
import { street } from './pictures.js';
import { Studio } from './studio.js';
import { eventually, studioSuite } from './suite.js';

studioSuite('Studio: a service that goes away', (stage) => {
  let successor: TestService | undefined;
  afterAll(() => successor?.stop());

  it('says that it can not be reached, and goes on once it is back', async () => {
    const { browser, service } = stage();
    const studio = await Studio.open(browser, `${service.url}/`, { allow: /ERR_CONNECTION_REFUSED/ });
    await studio.choose(street());
    await eventually(() => studio.classes.count()).toBe(5);
    await service.kill();
    await studio.button('Classify').click();
    await studio.problem.getByText('The service can not be reached').waitFor();
    expect(await studio.classes.count()).toBe(0);
    const { port } = new URL(service.url);
    successor = await startService({ env: { PORT: port } });
    await studio.button('Try again').click();
    await eventually(() => studio.classes.count()).toBe(5);
    expect(await studio.problem.count()).toBe(0);
  });
});
