import assert from "node:assert/strict"
import { test } from "node:test"
import { acting, call, openDesk, signedIn } from "#test/desks/test-desk.ts"
import { createUser } from "./accounts/create-user.ts"
import { hashPassword } from "./sign-in/hash-password.ts"
import { peopleRoutes } from "./register-all-routes.ts"
import { weaknessOf } from "./weak-password.ts"

const ana = { email: "ana.garcia@ejemplo.com", name: "Ana María García" }
const cases: [password: string, weakness: string | null][] = [
  ["aaaaaaaaaaaaaaaa", "too_simple"],
  ["hilohilohilo", "too_simple"],
  ["AaAaAaÁáÁá", "too_simple"],
  ["1212121212", "too_simple"],
  ["ana.garcia@ejemplo.com", "too_personal"],
  ["ANA.GARCIA@EJEMPLO.COM", "too_personal"],
  ["AnaGarcía2026", "too_personal"],
  ["garcia-maria-ana", "too_personal"],
  ["correct horse battery", null],
  ["contraseña larga", null],
  ["García come manzanas", null],
]
for (const [password, weakness] of cases)
  test(`${password} is ${weakness ?? "taken"}`, () => assert.equal(weaknessOf(password, ana), weakness))

const desk = await openDesk(peopleRoutes)
const own = { origin: desk.publicUrl }
const { cookie } = await signedIn(desk, "admin")
const admin = (method: "POST", url: string, body: unknown) => call(desk.app, method, url, body, { cookie, ...own })

test("a weak password is refused wherever one is set, by the name of its field, and nothing is done", async () => {
  const account = { email: "bruno.paz@example.com", name: "Bruno Paz" }
  const made = (more: object) => acting(desk, (act) => createUser(act, { ...account, role: "agent", ...more }))
  const { id } = await made({ passwordHash: await hashPassword("correct horse battery") })
  const { link } = (await admin("POST", `/users/${id}/invitation`, {})).body
  const token = /#token=(\S+)$/.exec(String(link))![1]!
  const signIn = await call(
    desk.app,
    "POST",
    "/session",
    { email: account.email, password: "correct horse battery" },
    own,
  )
  const theirs = { cookie: String(signIn.headers["set-cookie"]).split(";")[0]!, ...own }
  const tries = (password: string) =>
    [
      ["password", admin("POST", `/users/${id}/password`, { password })],
      ["password", admin("POST", "/users", { ...account, email: `2.${account.email}`, role: "user", password })],
      ["password", call(desk.app, "PUT", "/session/password", { token, password }, own)],
      [
        "password.new",
        call(desk.app, "PATCH", "/me", { password: { current: "correct horse battery", new: password } }, theirs),
      ],
    ] as const
  for (const [password, code] of [
    ["hilohilohilo", "too_simple"],
    ["bruno.paz@example.com", "too_personal"],
  ] as const)
    for (const [path, asked] of tries(password)) {
      const { status, body } = await asked
      const errors = body["errors"] as { path: string; code: string }[]
      assert.deepEqual([status, errors?.map((e) => [e.path, e.code])], [400, [[path, code]]], JSON.stringify(body))
    }
  const again = await call(desk.app, "PUT", "/session/password", { token, password: "a password of my own" }, own)
  assert.equal(again.status, 200, "the link is still there")
})
