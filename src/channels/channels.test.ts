// What every channel has to bring, whichever it is.
import assert from "node:assert/strict"
import { describe, it, test } from "node:test"
import { connectionKinds } from "#connections/api-contract.ts"
import { identityKinds } from "#contacts/api-contract.ts"
import { en } from "#texts/en.ts"
import { es } from "#texts/es.ts"
import { channels as ticketChannels } from "#tickets/api-contract.ts"
import { channels, type Channel } from "./index.ts"

const known = (words: readonly string[], word: string) =>
  assert.ok(words.includes(word), `${word} is not one of ${words.join(", ")}`)
const settingsOf = ({ settings }: Channel) => Object.keys(settings.shape)

test("no two channels are called the same", () => {
  const names = Object.values(channels).flatMap(({ name, word }) => [name, word])
  assert.equal(new Set(names).size, names.length)
})

for (const [kind, channel] of Object.entries(channels))
  describe(kind, () => {
    it("is a kind of connection and a channel of tickets, and has words for both", () => {
      known(connectionKinds, kind)
      known(ticketChannels, channel.word)
      for (const texts of [en, es] as Record<string, string>[])
        for (const id of [`connections.kind.${kind}`, `channel.${channel.word}`]) assert.ok(texts[id], id)
    })

    it("keeps secrets apart from settings, and names settings that it has", () => {
      const settings = settingsOf(channel)
      assert.deepEqual(
        Object.keys(channel.secrets.shape).filter((name) => settings.includes(name)),
        [],
      )
      const { uniqueSetting, urlSettings = [], templates } = channel
      for (const name of [...urlSettings, uniqueSetting?.name, templates?.setting]) if (name) known(settings, name)
    })

    it("reaches addresses of kinds that there are, by one of which a template comes first", () => {
      const { anywhere, here } = channel.reach
      for (const address of [...anywhere, ...here]) known(identityKinds, address)
      assert.deepEqual(
        anywhere.filter((address) => here.includes(address)),
        [],
      )
      if (channel.templates) known(anywhere, channel.templates.firstTo)
    })

    it("offers templates only where a reply has limits, and calls all that it refuses by a text", () => {
      if (channel.templates) assert.notEqual(channel.replyLimits, null)
      const failure = channel.classifyFailure?.({ code: null, httpStatus: 400 })
      if (failure) assert.ok((en as Record<string, string>)[`failure.${failure.reasonCode}`], failure.reasonCode)
    })

    it("reads what its webhook stores, and refuses to take nonsense apart", () => {
      if (channel.webhook) assert.ok(channel.receive)
      if (channel.receive) for (const body of ["", "nonsense"]) assert.throws(() => channel.receive!.split(body))
    })
  })
