import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  type ErrorComponentProps,
} from "@tanstack/react-router"
import { readFilters, writeFilters, type WrittenFilters } from "./inbox/filters.ts"
import { sortOf, type Sort } from "./inbox/view.ts"
import { readBoard } from "./incidents/filter.ts"
import { Shell } from "./shell/shell.tsx"
import { NoSuchScreen } from "./shell/no-such-screen.tsx"
import { Broken } from "./ui/state.tsx"

interface InboxSearch extends WrittenFilters {
  view?: string
  q?: string | undefined
  sort?: Sort
}

const text = (value: unknown) => (typeof value === "string" || typeof value === "number" ? String(value) : undefined)

function inboxSearch(search: Record<string, unknown>): InboxSearch {
  const view = text(search["view"])
  const q = text(search["q"])
  const sort = sortOf(search["sort"])
  return { ...writeFilters(readFilters(search)), ...(view && { view }), ...(q && { q }), ...(sort && { sort }) }
}

const ScreenBroke = ({ error, reset }: ErrorComponentProps) => <Broken error={error} retry={reset} />

const root = createRootRoute({ component: Outlet, errorComponent: ScreenBroke, notFoundComponent: NoSuchScreen })

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  // Only a path of our own: an address elsewhere would make the sign-in a springboard.
  validateSearch: (search: Record<string, unknown>): { next?: string } => {
    const next = text(search["next"])
    return next && /^\/(?![/\\])/.test(next) ? { next } : {}
  },
  component: lazyRouteComponent(() => import("./session/sign-in.tsx"), "SignIn"),
})

const setUp = createRoute({
  getParentRoute: () => root,
  path: "/setup",
  component: lazyRouteComponent(() => import("./session/set-up.tsx"), "SetUp"),
})

const choosePassword = createRoute({
  getParentRoute: () => root,
  path: "/password",
  component: lazyRouteComponent(() => import("./session/choose-password.tsx"), "ChoosePassword"),
})
const forgot = createRoute({
  getParentRoute: () => root,
  path: "/forgot",
  component: lazyRouteComponent(() => import("./session/forgot.tsx"), "Forgot"),
})

// Customers' own side.
const enter = createRoute({
  getParentRoute: () => root,
  path: "/my/enter",
  component: lazyRouteComponent(() => import("./my/enter.tsx"), "Enter"),
})
const my = createRoute({
  getParentRoute: () => root,
  path: "/my",
  component: lazyRouteComponent(() => import("./my/my.tsx"), "My"),
  errorComponent: ScreenBroke,
})
const myList = createRoute({
  getParentRoute: () => my,
  path: "/",
  component: lazyRouteComponent(() => import("./my/list.tsx"), "MyList"),
})
const myNew = createRoute({
  getParentRoute: () => my,
  path: "new",
  component: lazyRouteComponent(() => import("./my/new.tsx"), "NewRequestForm"),
})
const myProfile = createRoute({
  getParentRoute: () => my,
  path: "profile",
  component: lazyRouteComponent(() => import("./my/profile.tsx"), "MyProfile"),
})
const myTicket = createRoute({
  getParentRoute: () => my,
  path: "$ref",
  component: lazyRouteComponent(() => import("./my/one.tsx"), "MyTicket"),
})

const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  component: Shell,
  notFoundComponent: NoSuchScreen,
})

const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/inbox" })
  },
})

const inbox = createRoute({
  getParentRoute: () => shell,
  id: "desk",
  component: lazyRouteComponent(() => import("./inbox/inbox.tsx"), "Inbox"),
  errorComponent: ScreenBroke,
})
const list = createRoute({ getParentRoute: () => inbox, path: "/inbox", validateSearch: inboxSearch })
const ticket = createRoute({ getParentRoute: () => inbox, path: "/tickets/$ref", validateSearch: inboxSearch })

const campaigns = createRoute({
  getParentRoute: () => shell,
  path: "/campaigns",
  component: lazyRouteComponent(() => import("./campaigns/frame.tsx"), "Campaigns"),
  errorComponent: ScreenBroke,
})
const campaignList = createRoute({
  getParentRoute: () => campaigns,
  path: "/",
  component: lazyRouteComponent(() => import("./campaigns/campaigns-page.tsx"), "CampaignsPage"),
})
const newCampaign = createRoute({
  getParentRoute: () => campaigns,
  path: "new",
  component: lazyRouteComponent(() => import("./campaigns/new-campaign.tsx"), "NewCampaign"),
})
const campaign = createRoute({
  getParentRoute: () => campaigns,
  path: "$id",
  component: lazyRouteComponent(() => import("./campaigns/campaign-page.tsx"), "CampaignPage"),
})

const incidents = createRoute({
  getParentRoute: () => shell,
  path: "/incidents",
  component: lazyRouteComponent(() => import("./incidents/frame.tsx"), "Incidents"),
  errorComponent: ScreenBroke,
})
const board = createRoute({
  getParentRoute: () => incidents,
  path: "/",
  validateSearch: readBoard,
  component: lazyRouteComponent(() => import("./incidents/board-page.tsx"), "BoardPage"),
})
const movements = createRoute({
  getParentRoute: () => incidents,
  path: "import",
  component: lazyRouteComponent(() => import("./incidents/import-page.tsx"), "ImportPage"),
})
const carrierWords = createRoute({
  getParentRoute: () => incidents,
  path: "words",
  component: lazyRouteComponent(() => import("./incidents/words-page.tsx"), "WordsPage"),
})
const incident = createRoute({
  getParentRoute: () => incidents,
  path: "$ref",
  component: lazyRouteComponent(() => import("./incidents/incident-page.tsx"), "IncidentPage"),
})

const settings = createRoute({
  getParentRoute: () => shell,
  path: "/settings",
  component: lazyRouteComponent(() => import("./settings/settings.tsx"), "Settings"),
  errorComponent: ScreenBroke,
})
const settingsHome = createRoute({ getParentRoute: () => settings, path: "/" })
const profile = createRoute({
  getParentRoute: () => settings,
  path: "profile",
  component: lazyRouteComponent(() => import("./settings/profile.tsx"), "Profile"),
})
const connections = createRoute({
  getParentRoute: () => settings,
  path: "connections",
  component: lazyRouteComponent(() => import("./settings/connections-page.tsx"), "ConnectionsPage"),
})
const number = createRoute({
  getParentRoute: () => settings,
  path: "connections/$id",
  component: lazyRouteComponent(() => import("./settings/whatsapp/number-page.tsx"), "NumberPage"),
})
const staff = createRoute({
  getParentRoute: () => settings,
  path: "staff",
  component: lazyRouteComponent(() => import("./settings/staff-page.tsx"), "StaffPage"),
})
const teams = createRoute({
  getParentRoute: () => settings,
  path: "teams",
  component: lazyRouteComponent(() => import("./settings/teams-page.tsx"), "TeamsPage"),
})
const aside = createRoute({
  getParentRoute: () => settings,
  path: "aside",
  component: lazyRouteComponent(() => import("./settings/aside-page.tsx"), "AsidePage"),
})
const keys = createRoute({
  getParentRoute: () => settings,
  path: "keys",
  component: lazyRouteComponent(() => import("./settings/keys-page.tsx"), "KeysPage"),
})

const shelves = [
  createRoute({
    getParentRoute: () => settings,
    path: "replies",
    component: lazyRouteComponent(() => import("./settings/replies-page.tsx"), "RepliesPage"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "macros",
    component: lazyRouteComponent(() => import("./settings/macros-page.tsx"), "MacrosPage"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "rules",
    component: lazyRouteComponent(() => import("./settings/rules-page.tsx"), "RulesPage"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "fields",
    component: lazyRouteComponent(() => import("./settings/fields-page.tsx"), "FieldsPage"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "categories",
    component: lazyRouteComponent(() => import("./settings/categories-page.tsx"), "CategoriesPage"),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: "audit",
    component: lazyRouteComponent(() => import("./settings/audit-page.tsx"), "AuditPage"),
  }),
] as const

const tree = root.addChildren([
  signIn,
  setUp,
  choosePassword,
  forgot,
  enter,
  my.addChildren([myList, myNew, myProfile, myTicket]),
  shell.addChildren([
    home,
    inbox.addChildren([list, ticket]),
    incidents.addChildren([board, movements, carrierWords, incident]),
    campaigns.addChildren([campaignList, newCampaign, campaign]),
    settings.addChildren([settingsHome, profile, connections, number, staff, teams, keys, aside, ...shelves]),
  ]),
])

export const router = createRouter({ routeTree: tree, defaultPreload: "intent", defaultErrorComponent: ScreenBroke })

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router
  }
}
