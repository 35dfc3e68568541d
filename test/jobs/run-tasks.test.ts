import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Outcome, runTasks, type TaskOptions } from '../../src/jobs/run-tasks.js';
import { Problem } from '../../src/problem.js';
import { type ArithmeticOptions, type ArithmeticResult, special } from './arithmetic.task.js';

type Options = TaskOptions<ArithmeticOptions, number>;

const module = new URL('./arithmetic.task.js', import.meta.url);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

function start(options: Partial<Options> & Pick<Options, 'items'>) {
  return runTasks<ArithmeticOptions, number, ArithmeticResult>({
    module,
    options: { factor: 3 },
    workers: 2,
    ...options,
  });
}

/** Outcomes by item. */
async function collect(options: Partial<Options> & Pick<Options, 'items'>) {
  const outcomes = new Map<number, Outcome<number, ArithmeticResult>>();
  for await (const outcome of start(options)) outcomes.set(outcome.item, outcome);
  return outcomes;
}

describe('runTasks', () => {
  it('gives the same results with 1 and 3 threads, each of which starts the task once', async () => {
    for (const workers of [1, 3]) {
      const outcomes = [...(await collect({ items: upTo(24), workers })).values()];
      const results = outcomes.flatMap((outcome) => ('result' in outcome ? [outcome] : []));
      assert.deepEqual(
        results.map(({ item, result }) => [item, result.product]).sort(([a], [b]) => a - b),
        upTo(24).map((i) => [i, i * 3]),
      );
      assert.ok(new Set(results.map(({ result }) => result.thread)).size <= workers);
      assert.ok(results.every(({ result }) => result.starts === 1));
    }
  });

  it('begins as many items in a thread at once as it may, one unless told otherwise', async () => {
    for (const itemsAThread of [undefined, 2, 3]) {
      const outcomes = [...(await collect({ items: upTo(24), workers: 2, itemsAThread })).values()];
      const results = outcomes.flatMap((outcome) => ('result' in outcome ? [outcome.result] : []));
      assert.deepEqual(
        results.map(({ product }) => product / 3).sort((a, b) => a - b),
        upTo(24),
      );
      assert.equal(Math.max(...results.map(({ underWay }) => underWay)), itemsAThread ?? 1);
    }
  });

  it('draws items when they are needed, so that their number costs no memory', async () => {
    let drawn = 0;
    let ended = 0;
    let most = 0;
    async function* items(): AsyncGenerator<number> {
      for (const item of upTo(40)) {
        await Promise.resolve();
        most = Math.max(most, ++drawn - ended);
        yield item;
      }
    }
    for await (const outcome of start({ items: items() })) {
      assert.ok('result' in outcome);
      ended++;
    }
    assert.equal(ended, 40);
    assert.ok(most <= 4, `${most} items under way in 2 threads`);
  });

  it('goes on after a Problem, a defect, a thrown text and the death of a thread', async () => {
    const { problem, defect, text, death } = special;
    const outcomes = await collect({ items: [1, problem, 2, defect, 3, text, 4, death, 5, 6], workers: 1 });
    assert.equal(outcomes.size, 10);
    const noFace = outcomes.get(problem)!;
    assert.ok('problem' in noFace && noFace.problem instanceof Problem);
    const { what, why, remedy } = noFace.problem;
    assert.deepEqual([what, why, remedy], ['image.jpg', 'has no face', 'use another']);
    const broken = outcomes.get(defect)!;
    assert.ok('defect' in broken);
    assert.equal(broken.defect.message, 'x is not a function');
    assert.match(broken.defect.stack!, /arithmetic\.task/);
    const thrown = outcomes.get(text)!;
    assert.ok('defect' in thrown && thrown.defect.message === 'a text');
    const died = outcomes.get(death)!;
    assert.ok('defect' in died, JSON.stringify(died));
    // The item that waited behind the dead thread's may be lost with it; it is told, not dropped.
    const lost = [1, 2, 3, 4, 5, 6].filter((item) => !('result' in outcomes.get(item)!));
    assert.ok(lost.length <= 1 && !lost.includes(6), `lost ${lost.join()}`);
  });

  it('ends with the Problem of a task that cannot start', async () => {
    await assert.rejects(
      collect({ items: upTo(5), options: { factor: 1, failToStart: true } }),
      (error) => error instanceof Problem && error.message === 'model.onnx: does not exist (check the path)',
    );
    await assert.rejects(
      collect({ items: [1], module: new URL('./none.task.js', import.meta.url) }),
      /Cannot find/,
    );
  });

  it('ends at the first full disk instead of failing every item', async () => {
    await assert.rejects(
      collect({ items: [1, special.diskFull, 2, 3] }),
      (error) =>
        error instanceof Problem &&
        error.message.startsWith('out/a.png: cannot be written: the disk is full ('),
    );
  });

  it('lets the other threads finish before it ends them: ended in native code, they end the process', async () => {
    const tally = new Int32Array(new SharedArrayBuffer(8));
    // A negative number that is not special takes its time.
    const items = [-400, special.diskFull, -300, -200];
    await assert.rejects(collect({ items, options: { factor: 3, tally } }), /disk is full/);
    assert.ok(tally[0] > 0);
    assert.equal(tally[1], tally[0]);
  });

  it('finishes what is under way when it is aborted, and begins nothing new', async () => {
    const controller = new AbortController();
    const items: number[] = [];
    let drawn = 0;
    function* endless(): Generator<number> {
      for (;;) yield drawn++;
    }
    for await (const { item } of start({ items: endless(), signal: controller.signal })) {
      items.push(item);
      if (items.length === 5) controller.abort();
    }
    assert.deepEqual(
      items.sort((a, b) => a - b),
      upTo(drawn),
    );
    assert.ok(drawn <= 8, `${drawn} drawn`);
  });

  it('works on nothing, and lets the consumer leave', async () => {
    assert.equal((await collect({ items: [] })).size, 0);
    let seen = 0;
    for await (const outcome of start({ items: upTo(1000) })) {
      assert.ok('result' in outcome);
      if (++seen === 3) break;
    }
    assert.equal(seen, 3);
  });
});
