// Outside systems that Hilo is linked to, the rules where two of them disagree, and their webhooks that failed. Loaded with the settings.
export const linkedSystems = {
  "linkedSystems.intro": "Systems in which the same ticket is opened and closed. Hilo watches that they agree.",
  "linkedSystems.new": "Link a system",
  "linkedSystems.newText": "You need an administrator of that system beside you, or their access.",
  "linkedSystems.empty":
    "No linked systems. Link Splynx, where tickets are worked on, and then Gestión Real, which says what is closed there.",
  "linkedSystems.failing": "No useful answer since {since}.",
  "linkedSystems.lastSeen": "Last answer or webhook: {when}",
  "linkedSystems.neverSeen": "No answer and no webhook yet",
  "linkedSystems.removeText": "Hilo asks it no more, and refuses its webhooks. What it said stays with its tickets.",
  "linkedSystems.stillOpen":
    "{count, plural, one {One of its tickets is} other {# of its tickets are}} still open here: close them by hand, or wait until both systems have closed them.",
  "linkedSystems.kind": "System",
  "linkedSystems.kindHint.splynx": "Where operators work. Hilo asks it every five minutes, and reopens there.",
  "linkedSystems.kindHint.gestionreal": "It tells Hilo what is opened and closed there. Hilo asks it nothing.",
  "linkedSystems.notSaved": "Not saved. What is wrong stands beside its field.",
  "linkedSystems.saveFirst": "Save your changes first.",

  "linkedSystems.baseUrl": "Address",
  "linkedSystems.baseUrlHint": "As in the browser, up to the name. https, or http inside your own network.",
  "linkedSystems.wrong.baseUrl":
    "must begin with https:// (http:// only inside your own network), with no user, no ? and no # in it",
  "linkedSystems.auth": "How Hilo authenticates",
  "linkedSystems.auth.api_key": "API key with a signature",
  "linkedSystems.auth.basic": "API key, unsecure access",
  "linkedSystems.auth.admin": "Administrator's name and password",
  "linkedSystems.authHint.api_key":
    "Administration › API keys. The key is for Hilo alone: no other program may use it.",
  "linkedSystems.authHint.basic": "Administration › API keys, with “Unsecure access” enabled.",
  "linkedSystems.authHint.admin": "An account for Hilo alone. It must see, add and edit tickets.",
  "linkedSystems.key": "API key",
  "linkedSystems.secret": "API secret",
  "linkedSystems.login": "Name",
  "linkedSystems.password": "Password",
  "linkedSystems.timezone": "Time zone of its clock",
  "linkedSystems.timezoneHint": "The times that it gives say no zone.",
  "linkedSystems.requestsPerSecond": "Requests per second",
  "linkedSystems.requestsPerSecondHint": "The most it gets, from all servers of Hilo.",
  "linkedSystems.hookSecret": "Secret of its webhook",
  "linkedSystems.hookSecretHint": "Only with a webhook. 8 characters or more; the same as in Splynx.",
  "linkedSystems.noticeConnection": "Notify operators by",
  "linkedSystems.noticeConnectionHint": "When a ticket of theirs was reopened. It must reach their phones.",
  "linkedSystems.noNotice": "Notify nobody",
  "linkedSystems.noticeTemplate": "Template of the notice",
  "linkedSystems.noticeTemplateHint":
    "For operators who did not write in the last 24 hours. Its gaps are filled with operator, number, subject and customer.",

  "linkedSystems.splynxSystemId": "Works with",
  "linkedSystems.splynxSystemIdHint": "The Splynx in which its tickets are worked on.",
  "linkedSystems.theOnlyOne": "The only Splynx there is",
  "linkedSystems.proof": "How its webhooks prove that they are its own",
  "linkedSystems.proofText": "One is enough. With several, either secret will do, and addresses restrict it further.",
  "linkedSystems.hmacSecret": "Secret for a signature (HMAC)",
  "linkedSystems.hmacSecretHint": "Header X-GR-Signature: sha256=…, the HMAC-SHA256 of the body. 8 characters or more.",
  "linkedSystems.bearer": "Bearer token",
  "linkedSystems.bearerHint": "Header Authorization: Bearer …. 8 characters or more.",
  "linkedSystems.allowIps": "Addresses that it calls from",
  "linkedSystems.allowIpsHint": "One in each line: 203.0.113.7 or 10.0.0.0/8. Behind a proxy set TRUSTED_PROXIES.",
  "linkedSystems.wrong.allowIps": "must be IP addresses, or networks such as 10.0.0.0/8, one in each line",
  "linkedSystems.noProof": "no proof: its webhooks are refused",
  "linkedSystems.noProofText":
    "Without any of these its webhooks are refused, unless the server runs with GR_HOOK_ALLOW_UNAUTHENTICATED=true. Then anybody who reaches the address closes tickets.",

  "linkedSystems.hooks": "Addresses of the webhooks",
  "linkedSystems.hooksText.splynx":
    "Optional: Hilo asks sooner. In Splynx: Config › Integrations › Hooks, with the secret from above and events of tickets.",
  "linkedSystems.hooksText.gestionreal": "Enter both in Gestión Real: it posts JSON to them.",
  "linkedSystems.hook.splynx": "For events of tickets",
  "linkedSystems.hook.opening": "When a ticket is opened",
  "linkedSystems.hook.closure": "When a ticket is closed",

  "linkedSystems.test": "Test connection",
  "linkedSystems.testText.splynx": "Asks Splynx for its tickets now, with what is saved.",
  "linkedSystems.testText.gestionreal": "Gestión Real cannot be asked: this looks whether a webhook of it has arrived.",
  "linkedSystems.testing": "Asking…",
  "linkedSystems.result.readable": "It works: its tickets can be read.",
  "linkedSystems.result.lastHook": "It works: its last webhook arrived on {value}.",
  "linkedSystems.result.noHook":
    "No webhook has arrived yet. Enter the addresses below in Gestión Real, with one of the proofs, and open a ticket there.",
  "linkedSystems.result.credentials":
    "It does not accept these credentials (HTTP {value}). Replace them, or choose another way to authenticate.",
  "linkedSystems.result.forbidden":
    "It knows Hilo, but does not let it read tickets (HTTP {value}). Give it the right to see, add and edit them.",
  "linkedSystems.result.address":
    "There is no Splynx API at this address (HTTP {value}). Compare it with the browser's.",
  "linkedSystems.result.tooMany": "It refuses so many requests (HTTP {value}). Allow fewer per second.",
  "linkedSystems.result.broken":
    "It answered with an error of its own (HTTP {value}). Nothing is lost: Hilo keeps asking.",
  "linkedSystems.result.notTheApi":
    "Something else answered, not its API. Is the address right, and is there a proxy or a sign-in page in front?",
  "linkedSystems.result.noSuchName":
    "There is no server of this name. Look at how it is spelled: the server of Hilo must know it, not only your browser.",
  "linkedSystems.result.notResolved":
    "The name could not be looked up: no name server answers the server of Hilo. Nothing is lost: Hilo keeps asking.",
  "linkedSystems.result.connectionRefused":
    "There is a server, but nothing listens at this address and port. Is it running, and is the port right?",
  "linkedSystems.result.certificate":
    "Its certificate is not trusted: it has expired, names another server, or was signed by nobody known. It needs a valid one.",
  "linkedSystems.result.notReached":
    "The address cannot be reached. Look at its spelling, and whether the server of Hilo may connect to it.",
  "linkedSystems.result.noAnswer": "It did not answer in time. Nothing is lost: Hilo keeps asking.",
  "linkedSystems.result.busy": "Other requests are waiting for it. Test again in a minute.",
  "linkedSystems.result.other": "It said: {value}",

  "linkedSystems.operators": "Operators of {system}",
  "linkedSystems.operatorsText":
    "Who is whom in {system}: with a number and a phone they are notified, and reports name them.",
  "linkedSystems.operatorNumber": "No. {number}",
  "linkedSystems.noOperator": "No number",
  "linkedSystems.noPhone": "No phone",
  "linkedSystems.operatorTitle": "{name} in {system}",
  "linkedSystems.operatorId": "Number in {system}",
  "linkedSystems.operatorIdHint":
    "The id of their administrator account there, as tickets have it under “Assigned to”.",
  "linkedSystems.phone": "Phone",
  "linkedSystems.phoneHint": "With the code of the country, such as +54 9 11 5555 1234.",

  "linkedSystems.rules": "Where they do not agree",
  "linkedSystems.rulesText":
    "A ticket that is closed in one system alone is reopened there, unless the other closes it in time.",
  "linkedSystems.window": "Waiting time",
  "linkedSystems.windowUnit": "minutes",
  "linkedSystems.windowHint": "0 = it is reopened at once. Counts for tickets that are waiting now, too.",
  "linkedSystems.motive": "Contact reason",
  "linkedSystems.motiveHint": "Only tickets of Gestión Real with this reason are watched. Empty = all.",
  "linkedSystems.team": "Team that gets these tickets",
  "linkedSystems.teamHint": "Its leads are notified from the third reopening on.",
  "linkedSystems.defaultTeam": "The default team",
  "linkedSystems.shadow": "Shadow mode",
  "linkedSystems.shadowHint": "Hilo says what it would do. It reopens nothing, opens nothing and notifies nobody.",

  "failedHooks.intro": "What linked systems posted and Hilo could not process within half an hour. None is lost.",
  "failedHooks.empty":
    "No failed webhooks. What cannot be processed appears here, to be tried again once its cause is gone.",
  "failedHooks.path.nuevo-ticket": "A ticket was opened",
  "failedHooks.path.cierre-ticket": "A ticket was closed",
  "failedHooks.reason.not_found":
    "The Splynx that it belongs to is not linked, or there are several and none is chosen.",
  "failedHooks.reasonOther": "Hilo failed at it: {reason}",
  "failedHooks.tries": "{count, plural, one {tried once} other {tried # times}}",
  "failedHooks.number": "no. {id}",
  "failedHooks.removedSystem": "a system that is no longer linked",
  "failedHooks.replay": "Try again",
  "failedHooks.replayed": "It is processed again. Should it fail for half an hour, it comes back here.",
}
