import assert from "node:assert/strict"
import { test } from "node:test"
import { endingAmong, fileNameOf } from "./safe-file-names.ts"

const long = "á".repeat(300)
const names: [given: string | undefined, type: string, name: string][] = [
  ["guía <1>.pdf", "application/pdf", "guía <1>.pdf"],
  ["C:\\fotos\\a.jpg", "image/jpeg", "a.jpg"],
  ["../../etc/passwd", "text/plain", "passwd"],
  ["fac\u202Efdp.exe", "application/pdf", "facfdp.exe"],
  ["a\u200B\uFEFF\u2066b\uFE0F.pdf", "application/pdf", "ab.pdf"],
  ["a\nb\u2028c\t.pdf", "application/pdf", "abc.pdf"],
  ["a.exe. . ", "application/pdf", "a.exe"],
  ["n\u0303.txt", "text/plain", "ñ.txt"],
  [`${long}.pdf`, "application/pdf", `${"á".repeat(236)}.pdf`],
  [long, "application/pdf", "á".repeat(240)],
  [`${"📦".repeat(150)}.pdf`, "application/pdf", `${"📦".repeat(118)}.pdf`],
  [undefined, "application/pdf", "file.pdf"],
  ["", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "file.xlsx"],
  ["\u202E", "image/webp", "file.webp"],
  ["...", "application/x-strange-thing", "file.bin"],
]
for (const [given, type, name] of names)
  test(`${JSON.stringify(given?.slice(0, 30))} of ${type} is called ${JSON.stringify(name.slice(0, 30))}`, () =>
    assert.equal(fileNameOf(given, type), name))

const refused = ["exe", "bat"]
for (const name of [
  "a.exe",
  "a.EXE",
  "a.pdf.exe",
  "a.exe. . ",
  "a.exe::$DATA",
  "a.exe:stream.txt",
  "a.exe :x",
  "a\u202Efdp.exe",
  "a.e\u200Bxe",
  "a．exe",
  "a。exe",
  "a․exe",
  "a.ｅｘｅ",
  "a.exe\u00A0",
  "a. exe",
])
  test(`${JSON.stringify(name)} is run by a computer`, () => assert.equal(endingAmong(name, refused), "exe"))

for (const name of ["exe", "a.exe.pdf", "a.exe-1", "12:30.exes", "12:30 foto.jpg", ".bashrc"])
  test(`${JSON.stringify(name)} is not`, () => assert.equal(endingAmong(name, refused), null))
