// How messages get to channels beside the webhooks, which all of them share. A channel that has such entry points is a line in
// this table; they may use intake, and nothing but the composition root knows them.
import type { EntryPoints } from "./index.ts"
import { apiEntryPoints } from "./api/entry-points/routes-sockets-and-loops.ts"
import { emailEntryPoints } from "./email/entry-points/routes-sockets-and-loops.ts"
import { webchatEntryPoints } from "./webchat/entry-points/routes-sockets-and-loops.ts"

export const entryPoints: EntryPoints[] = [apiEntryPoints, webchatEntryPoints, emailEntryPoints]
