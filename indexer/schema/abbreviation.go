package schema

// titles are abbreviations of any language that a sentence does not end with: a name or a number follows.
var titles = set(`mr mrs ms mx messrs dr drs prof sen sens rep reps gov govs gen col lt maj capt cpt cmdr sgt cpl pvt adm
	hon rev fr msgr sr sra srta st ste mt ft pres supt det insp amb sec asst assoc dept vs v cf viz fig figs pp vol vols ed
	eds nr mme mlle mm dra sig dott ing ave mgr sgt-maj`)

// mayEnd are abbreviations that a sentence may end with; it does if the next word is one that sentences begin with.
var mayEnd = set(`jr sr inc ltd co corp bros llc plc assn univ etc al jan feb mar apr jun jul aug sept sep oct nov dec
	mon tue tues wed thu thur thurs fri sat sun ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn
	miss mo mont neb nev okla ore pa tenn tex vt va wash wis wyo blvd rd est dist`)

// abbreviations are, by language, those that only that language has, or that are words in others.
var abbreviations = map[string]map[string]bool{
	"en": set("gen prof p ch art para approx"),
	"fr": set("m p art av bd chap env ex hab max min no op réf s t tél vol"),
	"de": set("d h u a z i hr hrn bzw ca evtl ggf inkl nr str tel usw vgl zzgl abs art bd jh sog geb gest min max mio mrd prof dipl mag"),
	"es": set("ud uds d da pág págs núm art cap avda c p ej gral ldo lic dña excmo"),
	"it": set("sigg avv on pag art cap ecc ca arch geom rag cav mons"),
	"pt": set("exmo exma d da pág art cap av eng arq profa dep min"),
	"nl": set("dhr mevr mw jl bv bijv ca enz nl nr blz ir ing mr drs resp"),
	"sv": set("bl ca dvs fr kl nr osv s t"),
	"ru": set("г гг т тт е д др п пр им ул пл пер руб коп млн млрд тыс трлн стр см проф акад доц ред изд гл ст чел обл св в вв"),
	"uk": set("р рр м ім вул пл просп грн коп млн млрд тис трлн ст див проф акад доц ред вид гл обл св п напр"),
}

// starters are words that begin sentences far more often than they follow an abbreviation with a capital letter.
var starters = set(`the a an and but or so yet in on at of to for from by with as if when while where after before since
	until because although though however it its he she his her they their we our i you your this that these those there
	here what who why how which not no nor now then once one some many most all both each every such even still also
	perhaps maybe indeed meanwhile instead yes well let do does did is are was were has have had will would can could should
	le la les un une des et mais ou donc il elle ils elles nous vous je ce cette ces dans en sur pour avec si quand comme
	der die das ein eine und aber er sie es wir ich in im am auf mit für wenn als nach bei
	el los las uno una y pero o en con para si cuando como no se su
	il lo gli e ma o nel con per se quando non
	os as um uma e mas no na em com para se quando não
	de het een en maar hij zij wij ik
	и но а в на с по для если когда он она они мы это не как что
	і та але у в на з за для якщо коли він вона вони ми це не як що`)
