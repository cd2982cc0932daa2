/**
 * Between Postil and the disk: counts the calls that change something below a folder, and makes one of them fail or
 * end the process. The same for a build in this process (`arm`) and for one of its own, which loads this file first
 * (`node --import`) and is told by POSTIL_TEST_FAULT.
 *
 * A write that fails or kills has half of its bytes written, as a full disk or a dead process leave it. In this
 * process a build is killed by letting nothing of it reach the disk from one call on (`dead`): that is all that a
 * killed process leaves.
 */

import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { isMainThread } from 'node:worker_threads';

/** What changes the disk; Postil uses no other of the kind, which a comparison with strace holds. */
const NAMES = [
  'renameSync',
  'linkSync',
  'unlinkSync',
  'rmSync',
  'rmdirSync',
  'mkdirSync',
  'copyFileSync',
  'writeFileSync',
  'openSync',
  'writeSync',
  'writevSync',
];

const real = Object.fromEntries(NAMES.map((name) => [name, fs[name]]));
const files = new Map();
/** @type {{ root: string, at: number, fault: string, forever?: boolean, dead?: boolean } | undefined} */
let fault;
/** @type {import('./disk.mjs').Change[]} */
let calls = [];
let inside = false;

/** @type {import('./disk.mjs').arm} */
export function arm(wanted) {
  fault = wanted;
  calls = [];
}

/** @type {import('./disk.mjs').disarm} */
export function disarm() {
  fault = undefined;
  return calls;
}

for (const name of NAMES) {
  fs[name] = (...args) => {
    const path = /^writev?Sync$/.test(name) ? files.get(args[0]) : String(args[0]);
    if (inside || !fault || !path?.startsWith(fault.root)) return real[name](...args);
    inside = true;
    try {
      return counted(name, path, args);
    } finally {
      inside = false;
    }
  };
}
syncBuiltinESMExports();

function counted(name, path, args) {
  if (!changes(name, args)) return real[name](...args);
  calls.push({ name, path });
  const { at, fault: what, forever, dead } = fault;
  if (calls.length === at || ((forever || dead) && calls.length > at)) {
    try {
      if (what !== 'EACCES' && !(dead && calls.length > at)) half(name, args);
    } catch {
      // It would have failed for a reason of its own.
    }
    if (what === 'SIGKILL') {
      process.kill(process.pid, 'SIGKILL');
      for (;;);
    }
    const syscall = name.replace(/(?:File)?Sync$/, '');
    throw Object.assign(new Error(`${what}: made to fail, ${syscall} '${path}'`), {
      code: what,
      syscall,
      path,
    });
  }
  const result = real[name](...args);
  if (name === 'openSync') files.set(result, path);
  return result;
}

/** Whether a call would change anything: what does not leaves the same disk as the call before. */
function changes(name, [path, flags]) {
  if (name === 'openSync') return flags !== undefined && flags !== 'r';
  if (name === 'mkdirSync') return !fs.existsSync(path);
  if (name === 'rmSync' || name === 'unlinkSync')
    return fs.lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  if (name === 'rmdirSync') return fs.existsSync(path) && fs.readdirSync(path).length === 0;
  return true;
}

function half(name, args) {
  if (name === 'writeFileSync') {
    const bytes = Buffer.from(args[1]);
    real.writeFileSync(args[0], bytes.subarray(0, bytes.length >> 1), args[2]);
  } else if (name === 'writeSync') {
    const [fd, bytes, offset, length, position] = args;
    real.writeSync(fd, bytes, offset, length >> 1, position);
  } else if (name === 'writevSync') {
    const [fd, blobs, position] = args;
    const bytes = Buffer.concat(blobs);
    real.writeSync(fd, bytes, 0, bytes.length >> 1, position);
  }
}

if (isMainThread && process.env.POSTIL_TEST_FAULT) arm(JSON.parse(process.env.POSTIL_TEST_FAULT));
