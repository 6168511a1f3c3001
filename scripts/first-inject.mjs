// Joins a demo as its team and waits for the first inject, over the websocket, without any library: for
// scripts/dist-test. Takes the file with the links that `drillhall demo --json` printed.
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

const links = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const [base, secret] = links.team.split('/join#');
const fail = (why) => {
    console.error(why);
    process.exit(1);
};
setTimeout(() => fail('no inject came within a minute'), 60_000);

const page = await fetch(`${base}/`);
const html = await page.text();
if (!page.ok || !html.includes('<script type="module"')) fail('the pages are not in the program');

const joined = await fetch(`${base}/api/v1/join`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base },
    body: JSON.stringify({ token: secret, name: 'Newcomer', language: 'en' }),
});
if (!joined.ok) fail(`joining was refused: ${await joined.text()}`);
const cookie = joined.headers.get('set-cookie').split(';')[0];
const { exercise, seat } = await joined.json();

const { hostname, port, host } = new URL(base);
const key = randomBytes(16).toString('base64');
const socket = connect(Number(port), hostname, () =>
    socket.write(
        `GET /api/v1/exercises/${exercise}/socket?seat=${seat} HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${base}\r\n` +
            `Cookie: ${cookie}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
            `Sec-WebSocket-Key: ${key}\r\n\r\n`,
    ),
);
socket.on('close', () => fail('the connection ended'));

/** A text frame of a client, masked as it must be. */
function frame(text) {
    const body = Buffer.from(text);
    const mask = randomBytes(4);
    return Buffer.concat([Buffer.from([0x81, 0x80 | body.length]), mask, body.map((byte, at) => byte ^ mask[at % 4])]);
}

let buffer = Buffer.alloc(0);
let upgraded = false;
socket.on('data', (data) => {
    buffer = Buffer.concat([buffer, data]);
    if (!upgraded) {
        const end = buffer.indexOf('\r\n\r\n');
        if (end < 0) return;
        const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
        const head = buffer.subarray(0, end).toString();
        if (!head.startsWith('HTTP/1.1 101') || !head.includes(accept)) fail(`no websocket: ${head}`);
        buffer = buffer.subarray(end + 4);
        upgraded = true;
        socket.write(frame('{"type":"hello","epoch":null,"last_seq":0,"language":"en"}'));
    }
    for (;;) {
        if (buffer.length < 2) return;
        let length = buffer[1] & 0x7f;
        let start = 2;
        if (length === 126) [length, start] = [buffer.length < 4 ? Infinity : buffer.readUInt16BE(2), 4];
        else if (length === 127) [length, start] = [buffer.length < 10 ? Infinity : Number(buffer.readBigUInt64BE(2)), 10];
        if (buffer.length < start + length) return;
        const kind = buffer[0] & 0x0f;
        const text = buffer.subarray(start, start + length).toString();
        buffer = buffer.subarray(start + length);
        if (kind !== 1) continue;
        const injects = JSON.parse(text).cards?.filter(({ key, card }) => key.startsWith('inject/') && card) ?? [];
        if (injects.length > 0) {
            console.log(`The first inject came over the socket: ${injects[0].key}`);
            process.exit(0);
        }
    }
});
