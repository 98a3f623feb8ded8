import { createServer, type Server, type Socket } from 'node:net';
import { BSON, type Document } from 'mongodb';

/**
 * Speaks as much of MongoDB's wire protocol as Agenda's backend needs, over documents in memory. No MongoDB server
 * comes with any registry package; TEST_MONGODB_URL names a real one to run the same tests on.
 */
export class MongoServer {
  readonly #collections = new Map<string, Document[]>();
  readonly #sockets = new Set<Socket>();
  readonly #server: Server = createServer((socket) => this.#serve(socket));
  #port = 0;

  get url(): string {
    return `mongodb://127.0.0.1:${this.#port}/jobs`;
  }

  /** Starts, on the same port as last time and with the same documents. */
  open(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.listen(this.#port, '127.0.0.1', () => {
        this.#port = (this.#server.address() as { port: number }).port;
        resolve();
      });
    });
  }

  close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
    });
  }

  documents(collection: string): Document[] {
    const found = this.#collections.get(collection) ?? [];
    this.#collections.set(collection, found);
    return found;
  }

  #serve(socket: Socket): void {
    let rest = Buffer.alloc(0);
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket)).on('error', () => {});
    socket.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      while (rest.length >= 4 && rest.length >= rest.readInt32LE(0)) {
        const message = rest.subarray(0, rest.readInt32LE(0));
        rest = rest.subarray(message.length);
        socket.write(this.#answer(message));
      }
    });
  }

  #answer(message: Buffer): Buffer {
    const query = message.readInt32LE(12) === opQuery;
    const reply = BSON.serialize({ ok: 1, ...this.#execute(query ? readQuery(message) : readMessage(message)) });
    // flags, cursor and counts of the old format; flags and the kind of section of the new one
    const head = query ? Buffer.alloc(20) : Buffer.alloc(5);
    if (query) head.writeInt32LE(1, 16);
    const header = Buffer.alloc(16);
    [16 + head.length + reply.length, 1, message.readInt32LE(4), query ? opReply : opMessage].forEach((n, at) => header.writeInt32LE(n, at * 4));
    return Buffer.concat([header, head, reply]);
  }

  #execute(command: Document): Document {
    const name = Object.keys(command)[0]!;
    const all = () => this.documents(String(command[name]));
    switch (name.toLowerCase()) {
      case 'hello':
      case 'ismaster':
        return {
          isWritablePrimary: true,
          ismaster: true,
          helloOk: true,
          minWireVersion: 0,
          maxWireVersion: 21,
          maxBsonObjectSize: 16_777_216,
          maxMessageSizeBytes: 48_000_000,
          maxWriteBatchSize: 100_000,
          localTime: new Date(),
          readOnly: false,
        };
      case 'createindexes':
      case 'ping':
      case 'endsessions':
        return {};
      case 'insert':
        all().push(...(command['documents'] as Document[]));
        return { n: (command['documents'] as Document[]).length };
      case 'update':
        return update(all(), (command['updates'] as Document[])[0]!);
      case 'delete':
        return remove(all(), (command['deletes'] as Document[])[0]!['q'] as Document);
      case 'findandmodify':
        return { value: findAndModify(all(), command) };
      default:
        return { ok: 0, errmsg: `no such command: ${name}`, code: 59 };
    }
  }
}

const [opReply, opQuery, opMessage] = [1, 2004, 2013];

function readQuery(message: Buffer): Document {
  const start = message.indexOf(0, 20) + 1 + 8;
  return BSON.deserialize(message.subarray(start, start + message.readInt32LE(start)));
}

function readMessage(message: Buffer): Document {
  let command: Document = {};
  for (let at = 20; at < message.length;) {
    const size = message.readInt32LE(at + 1);
    const end = at + 1 + size;
    if (message[at] === 0) command = { ...BSON.deserialize(message.subarray(at + 1, end)), ...command };
    else {
      let from = message.indexOf(0, at + 5) + 1;
      const key = message.toString('utf8', at + 5, from - 1);
      const list: Document[] = [];
      for (; from < end; from += message.readInt32LE(from)) list.push(BSON.deserialize(message.subarray(from, from + message.readInt32LE(from))));
      command[key] = list;
    }
    at = end;
  }
  return command;
}

/** Comparable, and null where there is nothing. */
const plain = (value: unknown): unknown =>
  value instanceof Date ? value.getTime() : value instanceof BSON.ObjectId ? value.toHexString() : (value ?? null);
const operators: Record<string, (value: unknown, wanted: unknown) => boolean> = {
  $eq: (value, wanted) => plain(value) === plain(wanted),
  $ne: (value, wanted) => plain(value) !== plain(wanted),
  $lte: (value, wanted) => plain(value) !== null && (plain(value) as number) <= (plain(wanted) as number),
  $in: (value, wanted) => (wanted as unknown[]).some((one) => plain(one) === plain(value)),
};

const matches = (document: Document, query: Document): boolean =>
  Object.entries(query).every(([key, wanted]) => {
    if (key === '$or') return (wanted as Document[]).some((one) => matches(document, one));
    const tests = wanted && typeof wanted === 'object' ? Object.keys(wanted as object).filter((test) => test.startsWith('$')) : [];
    if (tests.length === 0) return operators['$eq']!(document[key], wanted);
    return tests.every((test) => operators[test]!(document[key], (wanted as Document)[test]));
  });

function apply(document: Document, change: Document, fresh: boolean): Document {
  Object.assign(document, fresh ? change['$setOnInsert'] : {}, change['$set']);
  for (const key of Object.keys((change['$unset'] as object | undefined) ?? {})) delete document[key];
  return document;
}

function update(all: Document[], { q, u, multi }: Document): Document {
  const found = all.filter((document) => matches(document, q as Document)).slice(0, multi ? undefined : 1);
  for (const document of found) apply(document, u as Document, false);
  return { n: found.length, nModified: found.length };
}

function remove(all: Document[], query: Document): Document {
  const kept = all.filter((document) => !matches(document, query));
  const n = all.length - kept.length;
  all.splice(0, all.length, ...kept);
  return { n };
}

function findAndModify(all: Document[], command: Document): Document | null {
  const query = command['query'] as Document;
  const sort = Object.entries((command['sort'] as Document | undefined) ?? {});
  const order = (a: Document, b: Document) => {
    for (const [key, way] of sort) {
      const difference = Number(plain(a[key])) - Number(plain(b[key]));
      if (difference) return difference * Number(way);
    }
    return 0;
  };
  const found = all.filter((document) => matches(document, query)).sort(order)[0];
  if (found) return apply(found, command['update'] as Document, false);
  if (!command['upsert']) return null;
  const equalities = Object.fromEntries(Object.entries(query).filter(([key]) => !key.startsWith('$')));
  const fresh = apply({ _id: new BSON.ObjectId(), ...equalities }, command['update'] as Document, true);
  all.push(fresh);
  return fresh;
}
