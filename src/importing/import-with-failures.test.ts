// What an import meets on its way: marks that nobody can read, downloads that break off, a disk that is full, and who asks it to stop.
import assert from "node:assert/strict"
import { appendFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { Readable, Writable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { test } from "node:test"
import type { Outbound } from "#kernel/outbound/http-client.ts"
import { openImportDesk } from "#test/desks/import-desk.ts"
import { lockImports } from "./import-lock.ts"

const { desk, folder, root, ana, rows, importFile, importRecords, messages } = await openImportDesk()

test("a note stays one and an account off, however a table writes that; where nobody can read it too, and it is said", async () => {
  const csv = [
    "type,id,number,ticket,content,isInternal,email,isActive",
    "ticket,marks,8100,,,,,",
    "message,marks-1,,marks,Molesto,TRUE,,",
    "message,marks-2,,marks,Moroso, Yes ,,",
    "message,marks-3,,marks,Para todos,FALSE,,",
    "message,marks-4,,marks,Ojo,verdadero,,",
    "user,marks-5,,,,,off@marks.example,FALSE",
    "user,marks-6,,,,,on@marks.example,YES",
    "user,marks-7,,,,,unsure@marks.example,falso",
  ]
  writeFileSync(join(folder, "marks.csv"), csv.join("\n"))
  const report = await importFile(join(folder, "marks.csv"))
  assert.deepEqual(report.problems, [
    { line: 6, field: "isInternal", expected: "true or false; read as true", isRefused: false },
    { line: 9, field: "isActive", expected: "true or false; read as false", isRefused: false },
  ])
  assert.deepEqual(
    (await messages("8100")).map(({ content }) => content),
    ["Para todos"],
  )
  assert.equal((await messages("8100", root, "?includeInternal=true")).length, 4)
  assert.deepEqual(await rows("select email from users where email like '%@marks.example' and disabled_at is null"), [
    { email: "on@marks.example" },
  ])
})

test("a download that breaks off is that file's problem, and is tried again by the next run; a full disk ends the import", async () => {
  async function* brokenOff() {
    yield Buffer.from("half")
    throw Object.assign(new Error("aborted"), { code: "ECONNRESET" })
  }
  const answering = (bytes: () => AsyncIterable<Buffer> | Buffer[]): Outbound => ({
    refuses: () => false,
    ask: async () => ({
      status: 200,
      header: () => null,
      body: Readable.from(bytes()),
      text: async () => "",
      discard: () => {},
    }),
  })
  const attachments = [
    { id: "broken-1", name: "a.txt", url: "https://files.example.com/a.txt" },
    { id: "broken-2", name: "b.txt", base64: "SG9sYQ==" },
  ]
  const records = [
    { type: "ticket", id: "broken", messages: [{ id: "broken", content: "x", attachments }] },
    { type: "ticket", id: "after-broken" },
  ]
  const { made, problems } = await importRecords(records, { kit: { outbound: answering(brokenOff) } })
  assert.deepEqual([made.tickets, made.attachments], [2, 1])
  assert.deepEqual(
    problems.map(({ line, field, isRefused }) => [line, field, isRefused]),
    [[1, "messages.0.attachments.0.url", false]],
  )
  const outbound = answering(() => [Buffer.from("whole")])
  const full = new Writable({ write: (_chunk, _encoding, done) => done(new Error("no space left")) })
  const storage = { ...desk.storage, put: async (bytes: Readable) => pipeline(bytes, full) as Promise<never> }
  await assert.rejects(importRecords(records, { kit: { outbound, storage } }), /no space left/)
  assert.equal((await importRecords(records, { kit: { outbound } })).made.attachments, 1)
})

test("a file is fetched once, however often its batch is tried and cut; a host that is gone is given up", async () => {
  const asked: string[] = []
  const outbound: Outbound = {
    refuses: (url) => !url.startsWith("https:"),
    ask: async ({ url }) => {
      asked.push(new URL(url).pathname)
      if (url.includes("gone.example")) throw new Error("no answer")
      const body = Readable.from([Buffer.from(url)])
      return { status: 200, header: () => null, body, text: async () => "", discard: () => {} }
    },
  }
  await rows(`create sequence tries_of_batches; create function refuse_some() returns trigger language plpgsql as $$ begin
    if nextval('tries_of_batches') = 1 then raise exception 'once' using errcode = '40001'; end if;
    if new.subject = 'Veneno' then raise exception 'never' using errcode = '22000'; end if; return new; end $$;
    create trigger refuse_some before insert on tickets for each row execute function refuse_some()`)
  const withFile = (id: string, subject: string, url: string) => {
    const attachments = [{ name: `${id}.txt`, url }]
    return { type: "ticket", id, subject, messages: [{ id, content: "x", attachments }] }
  }
  const records = Array.from({ length: 8 }, (_, i) =>
    withFile(`once${i}`, i === 5 ? "Veneno" : "Sano", `https://files.example.com/${i}`),
  )
  const report = await importRecords([...records, withFile("secret", "Sano", "file:///etc/passwd")], {
    kit: { outbound },
  })
  await rows("drop trigger refuse_some on tickets; drop function refuse_some; drop sequence tries_of_batches")
  assert.deepEqual(asked.toSorted(), ["/0", "/1", "/2", "/3", "/4", "/5", "/6", "/7"])
  assert.deepEqual([report.made.tickets, report.made.attachments, report.refused], [8, 8, 1])
  assert.deepEqual(
    report.problems.map(({ line, field }) => [line, field]),
    [
      [6, ""],
      [9, "messages.0.attachments.0.url"],
    ],
  )
  asked.length = 0
  const many = Array.from({ length: 60 }, (_, i) => withFile(`gone${i}`, "Sano", `https://gone.example/${i}`))
  const gone = await importRecords(many, { kit: { outbound } })
  assert.ok(asked.length <= 10, String(asked.length))
  assert.deepEqual([gone.made.tickets, gone.problemCount, gone.refused], [60, 60, 0])
})

test("what the desk takes away meanwhile is said, and its tickets come without it", async () => {
  await rows("insert into categories (id, name, created_at) values ('cat_gone', 'Efímera', now())")
  const put: typeof desk.storage.put = async (...bytes) => {
    await rows("delete from categories where id = 'cat_gone'")
    return desk.storage.put(...bytes)
  }
  const messages = [{ id: "gone-category", content: "x", attachments: [{ name: "a.txt", base64: "SG9sYQ==" }] }]
  const records = [{ type: "ticket", id: "gone-category", categories: ["Efímera"], messages }]
  const { made, problems } = await importRecords(records, { kit: { storage: { ...desk.storage, put } } })
  assert.deepEqual(
    [made.tickets, problems.map(({ field, isRefused }) => [field, isRefused])],
    [1, [["categories", false]]],
  )
})

test("JSON in UTF-16 and windows-1252 is read, and a row on several lines is known by its first", async () => {
  const one = (number: number) => `{"type":"ticket","id":"${number}","number":${number},"subject":"Señal ${number}"}\n`
  writeFileSync(join(folder, "utf-16.json"), Buffer.from(`\uFEFF${one(8010)}`, "utf16le"))
  writeFileSync(join(folder, "windows.json"), Buffer.from(one(8011), "latin1"))
  for (const name of ["utf-16.json", "windows.json"])
    assert.equal((await importFile(join(folder, name))).made.tickets, 1, name)
  const subjects = await rows("select subject from tickets where number in ('TKT-08010', 'TKT-08011') order by number")
  assert.deepEqual(subjects, [{ subject: "Señal 8010" }, { subject: "Señal 8011" }])
  const csv = 'number;subject;status\n\n8012;"a\nb\nc";lost\n8013;5" wide;lost\n8014;"never closed\n8015;d;open\n'
  writeFileSync(join(folder, "lines.csv"), csv)
  const { made, problems } = await importFile(join(folder, "lines.csv"))
  assert.deepEqual(
    [made.tickets, problems.map(({ line, field, isRefused }) => [line, field, isRefused])],
    [
      2,
      [
        [3, "status", false],
        [6, "status", false],
        [7, "", true],
      ],
    ],
  )
})

test("a file that somebody writes to is not imported", async () => {
  const path = join(folder, "growing.jsonl")
  const lines = Array.from({ length: 801 }, (_, i) =>
    JSON.stringify({ type: "ticket", id: `growing${i}`, number: i + 1 }),
  )
  writeFileSync(path, lines.join("\n"))
  const onProgress = () => appendFileSync(path, `\n{"type":"ticket","id":"late","number":7999999}`)
  await assert.rejects(importFile(path, { onProgress }), /growing.jsonl changed while it was read/)
  assert.equal((await rows("select from tickets where number = 'TKT-7999999'")).length, 0)
})

test("the lock that keeps other imports out is known to be lost", async () => {
  const lock = await lockImports(desk.db)
  await assert.rejects(lockImports(desk.db), /Another import is running/)
  lock.check()
  await rows("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = 4410180")
  const checkOften = async () => {
    for (let nth = 1; nth <= 1_000; nth++) {
      lock.check()
      await rows("select 1")
    }
  }
  await assert.rejects(checkOften, /connection is lost/)
  await lock.release()
  await lockImports(desk.db).then(({ release }) => release())
})

test("what has no id is known again also when its batch had to be tried twice", async () => {
  await rows(`create sequence tries_of_tickets; create function refuse_first() returns trigger language plpgsql as $$ begin
    if nextval('tries_of_tickets') = 1 then raise exception 'once' using errcode = '40001'; end if; return new; end $$;
    create trigger refuse_first before insert on tickets for each row execute function refuse_first()`)
  const author = { email: "sin-id@example.com" }
  const nameless = { type: "ticket", subject: "Sin número", contact: author, messages: [{ content: "hola", author }] }
  assert.equal((await importRecords([nameless])).made.tickets, 1)
  const again = await importRecords([nameless])
  assert.deepEqual([again.made.tickets, again.made.messages, again.known], [0, 0, 2])
  await rows("drop trigger refuse_first on tickets; drop function refuse_first; drop sequence tries_of_tickets")
})

test("what an export calls its fields and categories steers no terminal", async () => {
  const escape = "\u001B[2J\u0007\n"
  const records = [{ type: "ticket", id: "escape", [`x${escape}`]: 1, categories: [`y${escape}z`] }]
  const { problems } = await importRecords(records)
  assert.deepEqual(
    problems.map(({ field, expected }) => [field, /\p{Cc}/u.test(field + expected)]),
    [
      ["x [2J ", false],
      ["categories", false],
    ],
  )
})

test("what is asked to stop ends after its batch, is in the audit log, and lets the next one run", async () => {
  const many = Array.from({ length: 900 }, (_, i) => ({ type: "ticket", id: `stop${i}`, subject: "Parados" }))
  const ends = async () => (await rows("select from admin_acts where kind = 'import.finished'")).length
  const before = await ends()
  const stop = new AbortController()
  const onProgress = () => stop.abort(new Error("asked to stop"))
  await assert.rejects(importRecords(many, { onProgress, signal: stop.signal }), /asked to stop/)
  const made = (await rows("select from tickets where subject = 'Parados'")).length
  assert.ok(made > 0 && made < 900, String(made))
  assert.equal(await ends(), before + 1)
  assert.equal((await importRecords(many)).made.tickets, 900 - made)
})

test("the desk works on meanwhile: who is imported and written down in the same moment is one contact", async () => {
  const email = (n: number) => `live${n % 20}@example.com`
  const many = Array.from({ length: 300 }, (_, i) => {
    return { type: "ticket", id: `live${i}`, number: 30_000 + i, subject: "Viva", contact: { email: email(i) } }
  })
  const typed = Array.from({ length: 20 }, (_, n) => ({ subject: "Viva", contact: { email: email(n) } }))
  const [report, ...answers] = await Promise.all([
    importRecords(many),
    ...typed.map((body) => ana.call("POST", "/tickets", body)),
  ])
  assert.deepEqual(
    [report.made.tickets, report.problems, new Set(answers.map(({ status }) => status))],
    [300, [], new Set([201])],
  )
  const people = await rows(
    "select contact_id, count(*)::int as n from tickets where subject = 'Viva' group by contact_id",
  )
  assert.deepEqual(
    people.map(({ n }) => n),
    Array.from({ length: 20 }, () => 16),
  )
})

test("two imports at once: the second is refused", async () => {
  const client = await desk.db.pool.connect()
  await client.query("select pg_advisory_lock(4410180)")
  await assert.rejects(importRecords([]), /Another import is running/)
  await client.query("select pg_advisory_unlock(4410180)")
  client.release()
})
