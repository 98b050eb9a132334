import assert from "node:assert/strict"
import { test } from "node:test"
import { countryName, guessCountry, countriesByName } from "./country-names-and-guessed-country.ts"

test("a country is guessed from the zone, else from the language's region, else not at all", () => {
  const cases: [zone: string, locale: string, country: string][] = [
    ["America/Bogota", "en-US", "CO"],
    ["America/Argentina/Cordoba", "es", "AR"],
    ["Europe/Berlin", "de-AT", "AT"],
    ["UTC", "es", ""],
    ["UTC", "es-419", ""],
  ]
  for (const [zone, locale, country] of cases) assert.equal(guessCountry(zone, locale), country, zone)
})

test("countries have their names in the reader's language, in its order", () => {
  assert.equal(countryName("ES", "es"), "España")
  assert.equal(countryName("ES", "en"), "Spain")
  const names = countriesByName("es").map(({ name }) => name)
  assert.ok(names.indexOf("Ecuador") < names.indexOf("España") && names.includes("Colombia"))
})
