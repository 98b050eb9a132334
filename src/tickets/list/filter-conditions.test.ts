import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { Refusal } from "#kernel/errors.ts"
import { statement } from "#kernel/db.ts"
import type { Principal } from "#people/index.ts"
import { listQuery } from "../api-contract.ts"
import { conditionsOf, withToday } from "./filter-conditions.ts"

const ana: Principal = {
  kind: "user",
  id: "usr_ana",
  role: "agent",
  teamIds: [],
  contactId: null,
  language: "es",
  timezone: "America/Bogota",
}

function filtered(query: Record<string, unknown>, who = ana) {
  const { text, values } = statement("", (p) => conditionsOf(p, who, listQuery.parse(query)).join(" and "))
  return { text, values }
}
const at = (iso: string) => new Date(iso)
const refusedFor = (query: Record<string, unknown>) => {
  const result = listQuery.safeParse(query)
  return result.success ? null : result.error.issues.map((issue) => issue.path.join(".") || "unknown").join()
}

describe("a date in a filter", () => {
  it("as a beginning starts with its day in the viewer's zone", () => {
    const { text, values } = filtered({ createdFrom: "2026-11-22" })
    assert.equal(text, "t.created_at >= $1::timestamptz")
    assert.deepEqual(values, [at("2026-11-22T05:00:00Z")])
  })

  it("as an end includes its day: it means before the next one", () => {
    const { text, values } = filtered({ updatedTo: "2026-11-22" })
    assert.equal(text, "t.updated_at < $1::timestamptz")
    assert.deepEqual(values, [at("2026-11-23T05:00:00Z")])
  })

  it("is as long as its day when the clock changes", () => {
    const who = { ...ana, timezone: "Europe/Madrid" }
    const { values } = filtered({ createdFrom: "2026-10-25", createdTo: "2026-10-25" }, who)
    assert.deepEqual(values, [at("2026-10-24T22:00:00Z"), at("2026-10-25T23:00:00Z")])
  })

  it("may be an instant, which is included", () => {
    const { text, values } = filtered({ createdTo: "2026-11-22T10:00:00-05:00" })
    assert.equal(text, "t.created_at <= $1::timestamptz")
    assert.deepEqual(values, [at("2026-11-22T15:00:00Z")])
  })

  it("may be today: the day that it is where the viewer is", () => {
    const asked = listQuery.parse({ slaDueTo: "today", createdFrom: "today", updatedTo: "2026-11-01" })
    const on = (iso: string, timezone: string) => {
      const { slaDueTo, createdFrom, updatedTo } = withToday(asked, { ...ana, timezone }, at(iso))
      assert.deepEqual([createdFrom, updatedTo], [slaDueTo, "2026-11-01"])
      return slaDueTo
    }
    assert.equal(on("2026-11-23T04:59:59Z", "America/Bogota"), "2026-11-22")
    assert.equal(on("2026-11-23T05:00:00Z", "America/Bogota"), "2026-11-23")
    assert.equal(on("2026-11-23T04:59:59Z", "Europe/Madrid"), "2026-11-23")
  })

  it("is refused by name when it is none", () => {
    for (const text of ["2026-02-30", "22/11/2026", "ayer", "", "2026-11-22T10:00:00", "NaN", "infinity"]) {
      const named = (error: unknown) => error instanceof Refusal && error.extra.errors?.[0]?.path === "createdFrom"
      assert.throws(() => filtered({ createdFrom: text }), named, text)
    }
  })
})

describe("an assignee", () => {
  it("me is the requesting user", () => {
    assert.deepEqual(filtered({ assignedTo: "me" }), { text: "t.assignee_id = $1", values: ["usr_ana"] })
  })

  it("unassigned is nobody, alone or with others", () => {
    assert.deepEqual(filtered({ assignedTo: "unassigned" }), { text: "t.assignee_id is null", values: [] })
    const both = filtered({ assignedTo: ["unassigned", "me"] })
    assert.deepEqual(both, { text: "(t.assignee_id is null or t.assignee_id = $1)", values: ["usr_ana"] })
  })
})

describe("phases", () => {
  it("all open ones are the words of the partial index", () => {
    const { text, values } = filtered({ phase: ["waiting", "new", "active"] })
    assert.deepEqual([text, values], ["t.phase in ('new', 'active', 'waiting') and t.snoozed_until is null", []])
  })

  it("one phase keeps the words of its half, phases of both halves have none", () => {
    assert.equal(
      filtered({ phase: "new" }).text,
      "t.phase in ('new', 'active', 'waiting') and t.phase = $1 and t.snoozed_until is null",
    )
    assert.equal(filtered({ phase: "closed" }).text, "t.phase in ('resolved', 'closed') and t.phase = $1")
    assert.equal(filtered({ phase: ["new", "closed"] }).text, "t.phase = any($1::text[])")
  })
})

describe("what is not on the list", () => {
  const wrong: [query: Record<string, unknown>, named: string][] = [
    [{ kind: "complaint" }, "kind.0"],
    [{ status: ["open", "x"] }, "status.1"],
    [{ phase: "" }, "phase.0"],
    [{ priority: "alta" }, "priority.0"],
    [{ assignedTo: "nobody" }, "assignedTo.0"],
    [{ teamId: "zzz" }, "teamId.0"],
    [{ contactId: ["ctc_1", "'"] }, "contactId.1"],
    [{ slaBreached: "yes" }, "slaBreached"],
    [{ sort: "password" }, "sort"],
    [{ sort: "-" }, "sort"],
    [{ sort: "createdAt,-createdAt" }, "sort"],
    [{ sort: "created_at" }, "sort"],
    [{ limit: "101" }, "limit"],
    [{ limit: "-1" }, "limit"],
    [{ "status[not]": "open" }, "unknown"],
    [{ page: "2" }, "unknown"],
    [{ q: { contains: "x" } }, "q"],
  ]
  for (const [query, named] of wrong) {
    it(`${JSON.stringify(query)} is refused as ${named}`, () => assert.equal(refusedFor(query), named))
  }

  it("no value ever becomes text of the statement", () => {
    const evil = "x'); drop table tickets; --"
    const { text, values } = filtered({ tag: evil, "customFields.plan": evil })
    assert.doesNotMatch(text, /drop/)
    assert.equal(values.length, 3)
  })
})
