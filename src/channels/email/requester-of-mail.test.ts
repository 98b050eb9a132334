import assert from "node:assert/strict"
import { test } from "node:test"
import { requesterOfMail } from "./requester-of-mail.ts"

test("the requester is From; Reply-To where From takes no answers or is ours; the writer where a list stands in between; nobody's address is passed over", () => {
  const named = (address: string, name = "") => ({ name, address })
  const ask = (from: string, more: Partial<Parameters<typeof requesterOfMail>[0]> = {}) =>
    requesterOfMail({ from: named(from, "Carla via Lista"), replyTo: [], xOriginalSender: null, isOwn: false, ...more })
  const replyTo = [named("carla@example.org", "Carla")]
  assert.deepEqual(
    [
      ask("bea@example.org"),
      ask("bea@example.org", { replyTo }),
      ask("no-reply@forms.example", { replyTo }),
      ask("noreply+7@forms.example", { replyTo }),
      ask("no-reply@forms.example"),
      ask("noreplying@example.org", { replyTo }),
      ask("soporte@example.com", { replyTo, isOwn: true }),
      ask("lista@groups.example", { xOriginalSender: "dani@example.org" }),
      ask("no-reply@forms.example", { replyTo: [named("root@web01"), named("carla@example..org")] }),
      ask("lista@groups.example", { xOriginalSender: "root@web01" }),
    ].map(({ address }) => address),
    ["bea@example.org", "bea@example.org", "carla@example.org", "carla@example.org", "no-reply@forms.example"].concat([
      "noreplying@example.org",
      "carla@example.org",
      "dani@example.org",
      "no-reply@forms.example",
      "lista@groups.example",
    ]),
  )
  assert.equal(ask("lista@groups.example", { xOriginalSender: "dani@example.org" }).name, "Carla")
})
