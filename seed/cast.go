package seed

// Password opens every demo account. It is printed at start and shown on the demo's sign-in page.
const Password = "walk-the-board"

// Domain ends every demo e-mail address; .example can never be delivered to (RFC 2606).
const Domain = "@shop.example"

type actor struct {
	nick, name, discipline, role string
}

var cast = []actor{
	{"mara", "Mara Lindqvist", "operations", "admin"},
	{"noor", "Noor Haddad", "development", "admin"},
	{"ivo", "Ivo Brandt", "product", "manager"},
	{"petra", "Petra Vogel", "operations", "manager"},
	{"ana", "Ana Ruiz", "development", "member"},
	{"goro", "Goro Ito", "development", "member"},
	{"fay", "Fay Wong", "development", "member"},
	{"omar", "Omar Nasser", "development", "member"},
	{"yuki", "Yuki Tanaka", "development", "member"},
	{"vera", "Vera Novak", "development", "member"},
	{"wes", "Wes Carter", "development", "member"},
	{"bo", "Bo Lind", "operations", "member"},
	{"chidi", "Chidi Okoye", "operations", "member"},
	{"eli", "Eli Katz", "operations", "member"},
	{"kai", "Kai Moreno", "operations", "member"},
	{"dara", "Dara Quinn", "security", "member"},
	{"rui", "Rui Tavares", "security", "member"},
	{"hana", "Hana Sato", "product", "member"},
	{"lena", "Lena Fischer", "product", "member"},
	{"sam", "Sam Doyle", "quality", "guest"},
	{"tess", "Tess Verhoeven", "other", "guest"},
}

// shown are the accounts that the program prints and the sign-in page offers: a lead, a liaison, an administrator
// first, then one of each other role.
var shown = []struct{ nick, what string }{
	{"ana", "leads Checkout, develops"},
	{"bo", "operations liaison of three teams"},
	{"mara", "administrator"},
	{"ivo", "manager"},
	{"dara", "security, works in Checkout and Payments"},
	{"sam", "guest, tests for Checkout"},
}

type crew struct {
	key, name, kind string
	mission         string
	lead            string
	workers         []string
	commenters      []string
	viewers         []string
	liaison         string
	board           string
	things          []string // what the team's work is about
	sleDays         int
	perWeek         int // cards that arrive in a week
	build, review   int // limits
	reviewMode      string
	lanes           []string
	curated         []item
}

var crews = []crew{
	{key: "CHK", name: "Checkout", kind: "stream_aligned", mission: "Whoever has chosen has paid a minute later, on every device. We own the way from the basket to the receipt.", lead: "ana", workers: []string{"goro", "fay", "dara", "eli", "chidi"},
		commenters: []string{"hana", "sam"}, viewers: []string{"lena"}, liaison: "bo", board: "Delivery", sleDays: 9, perWeek: 12,
		build: 6, review: 4, reviewMode: "reason", curated: checkout,
		things: []string{"the basket", "saved cards", "guest checkout", "gift vouchers", "delivery slots", "the address form", "order confirmation",
			"the receipt", "price rounding", "the stock check", "the refund page", "checkout on phones"}},
	{key: "PAY", name: "Payments", kind: "stream_aligned", mission: "Money arrives once, on the right account, and every cent of it can be explained.", lead: "omar", workers: []string{"yuki", "dara", "kai"}, commenters: []string{"lena"},
		viewers: []string{"tess"}, liaison: "bo", board: "Payments flow", sleDays: 12, perWeek: 9, build: 5, review: 3, reviewMode: "hard",
		things: []string{"card capture", "the settlement file", "refunds", "the ledger", "provider webhooks", "chargebacks", "payment retries",
			"invoice numbers", "fraud scoring", "the payout job", "currency tables", "the reconciliation report"}},
	{key: "SRC", name: "Search", kind: "stream_aligned", mission: "Who looks for something finds it among the first three, however they call it.", lead: "vera", workers: []string{"wes", "rui", "eli"}, commenters: []string{"hana"}, liaison: "bo",
		board: "Search delivery", sleDays: 8, perWeek: 8, build: 4, review: 3, reviewMode: "warn",
		things: []string{"the product index", "synonyms", "spelling hints", "the ranking model", "facet counts", "autocomplete", "the crawler",
			"image search", "zero-result pages", "search logs", "the nightly reindex", "category pages"}},
	{key: "PLT", name: "Platform", kind: "platform", mission: "A paved road from a commit to production that teams choose because it is the shortest.", lead: "chidi", workers: []string{"kai", "mara", "rui", "wes"}, commenters: []string{"ana", "omar"},
		board: "Platform work", sleDays: 14, perWeek: 8, build: 5, review: 3, reviewMode: "reason", lanes: []string{"Paved road", "Support"},
		things: []string{"the build cluster", "the container registry", "test databases", "the secrets vault", "log shipping", "the deploy pipeline",
			"edge certificates", "the message bus", "on-demand environments", "the metrics store", "node images", "the service catalogue"}},
}
