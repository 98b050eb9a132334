import assert from "node:assert/strict"
import { test } from "node:test"
import * as can from "./can.ts"
import { lowerRole, type Principal, type Role, roles } from "./principal.ts"
import { ticketScope } from "./ticket-scope.ts"

const who = (role: Role, more: Partial<Principal> = {}): Principal => ({
  kind: "user",
  id: "usr_ana",
  role,
  teamIds: ["tem_a"],
  contactId: "ctc_ana",
  language: "es",
  timezone: "America/Bogota",
  ...more,
})

// Each ability with the lowest role that has it, and whether a key of that role has it too.
const abilities = {
  anybodySignedIn: ["user", "key too"],
  changeOwnPassword: ["user", "people only"],
  claimIdentities: ["user", "people only"],
  endOwnKeys: ["user", "people only"],
  beStaff: ["agent", "key too"],
  reportIncidents: ["agent", "key too"],
  handInMessages: ["admin", "key too"],
  seeContacts: ["agent", "key too"],
  manageContacts: ["agent", "key too"],
  confirmIdentities: ["lead", "people only"],
  lead: ["lead", "key too"],
  simulate: ["lead", "key too"],
  overrideAssignment: ["lead", "key too"],
  settleAgreements: ["lead", "key too"],
  seeRules: ["agent", "key too"],
  admin: ["admin", "key too"],
  manageRules: ["admin", "key too"],
  manageUsers: ["admin", "key too"],
  manageTeams: ["admin", "key too"],
  manageConnections: ["admin", "key too"],
  manageSettings: ["admin", "key too"],
  manageCalendars: ["admin", "key too"],
  seeSlaPolicies: ["agent", "key too"],
  manageSlaPolicies: ["admin", "key too"],
  manageCategories: ["admin", "key too"],
  manageCustomFields: ["admin", "key too"],
  manageCampaigns: ["admin", "key too"],
  manageLinkedSystems: ["admin", "key too"],
  manageKeys: ["admin", "key too"],
  seeAudit: ["admin", "key too"],
  makeKeys: ["admin", "people only"],
  setPasswords: ["admin", "people only"],
  signInConnections: ["admin", "people only"],
} as const satisfies Partial<Record<keyof typeof can, [Role, string]>>

const predicates = new Map(Object.entries(can) as [string, (who: Principal) => boolean][])

for (const [ability, [lowest, keys]] of Object.entries(abilities)) {
  for (const role of roles) {
    const expected = roles.indexOf(role) >= roles.indexOf(lowest)
    test(`${role} ${expected ? "may" : "may not"} ${ability}`, () => {
      const may = predicates.get(ability)!
      assert.equal(may(who(role)), expected)
      assert.equal(may(who(role, { kind: "key", keyId: "key_1" })), expected && keys === "key too")
    })
  }
}

test("every predicate about a person alone is in the table", () => {
  const aboutTickets = [
    "seeTicket",
    "answerTicket",
    "noteOnTicket",
    "changeTicket",
    "assignTicket",
    "snoozeTicket",
    "linkTicket",
    "changeStatus",
    "giveIntoTeam",
    "seeView",
    "manageView",
    "handInAt",
  ]
  const others = Object.keys(can).filter((name) => !aboutTickets.includes(name) && name !== "abilitiesOf")
  assert.deepEqual(others.toSorted(), Object.keys(abilities).toSorted())
})

test("an unknown role may nothing", () => {
  for (const role of ["owner", "", "constructor", "__proto__", undefined] as never[]) {
    for (const ability of Object.keys(abilities)) {
      assert.equal(predicates.get(ability)!(who(role)), false, `${String(role)} ${ability}`)
    }
    const ticket = {
      assigneeId: "usr_ana",
      teamId: "tem_a",
      createdById: "usr_ana",
      createdByKind: "user",
      contactId: "ctc_ana",
    }
    assert.equal(can.seeTicket(who(role), ticket), false)
    assert.deepEqual(ticketScope(who(role)), { none: true })
  }
})

const nobodys = { assigneeId: null, teamId: null, createdById: null, createdByKind: "system", contactId: null }
const others = { ...nobodys, assigneeId: "usr_bruno", teamId: "tem_b", createdById: "usr_bruno", createdByKind: "user" }
const tickets = {
  "nobody's": nobodys,
  "other people's": others,
  "assigned to them": { ...others, assigneeId: "usr_ana" },
  "of their team": { ...others, teamId: "tem_a" },
  "created by them": { ...others, createdById: "usr_ana" },
  "created through their key": { ...others, createdById: "usr_ana", createdByKind: "key" },
  "of their own contact": { ...others, contactId: "ctc_ana" },
  "created by a contact with their id": { ...others, createdById: "usr_ana", createdByKind: "contact" },
}

const seen: Record<keyof typeof tickets, Role[]> = {
  "nobody's": ["admin"],
  "other people's": ["admin"],
  "assigned to them": ["agent", "lead", "admin"],
  "of their team": ["agent", "lead", "admin"],
  "created by them": ["agent", "lead", "admin"],
  "created through their key": ["agent", "lead", "admin"],
  "of their own contact": ["user", "agent", "lead", "admin"],
  "created by a contact with their id": ["admin"],
}

for (const [name, ticket] of Object.entries(tickets)) {
  for (const role of roles) {
    const sees = seen[name as keyof typeof tickets].includes(role)
    test(`a ticket ${name} is ${sees ? "seen" : "not seen"} by role ${role}`, () => {
      assert.equal(can.seeTicket(who(role), ticket), sees)
      assert.equal(can.answerTicket(who(role), ticket), sees)
      assert.equal(can.noteOnTicket(who(role), ticket), sees && role !== "user")
      assert.equal(can.assignTicket(who(role), ticket), sees && role !== "user")
      assert.equal(can.changeTicket(who(role), ticket), sees && role !== "user")
      for (const to of ["pending", "open", "resolved", "closed"]) {
        const may = sees && (role !== "user" || to === "closed" || to === "open")
        assert.equal(can.changeStatus(who(role), ticket, to), may, to)
      }
    })
  }
}

test("the scope of lists says the same as the predicate", () => {
  for (const role of roles) {
    const person = who(role)
    const scope = ticketScope(person)
    for (const [name, ticket] of Object.entries(tickets)) {
      const byThem = ["user", "key"].includes(ticket.createdByKind)
      const listed =
        "all" in scope ||
        (!("none" in scope) &&
          ((scope.byUser && ticket.assigneeId === scope.userId) ||
            scope.teamIds.includes(ticket.teamId ?? "none") ||
            (ticket.contactId !== null && ticket.contactId === scope.contactId) ||
            (scope.byUser && byThem && ticket.createdById === scope.userId)))
      assert.equal(listed, can.seeTicket(person, ticket), `${role}, a ticket ${name}`)
    }
  }
})

test("a key never has more than its user, nor its user more than the key allows", () => {
  assert.equal(lowerRole("admin", "agent"), "agent")
  assert.equal(lowerRole("user", "admin"), "user")
  assert.equal(lowerRole("lead", "lead"), "lead")
})
