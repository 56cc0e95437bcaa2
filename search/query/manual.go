package query

// Section is a part of the manual.
type Section struct {
	Title, Text string
	Examples    []Example
}

// Example is a query with what it finds, in words.
type Example struct{ Query, Finds string }

// Manual is the manual of the language, by examples. The tests read each of them, and pages show them as links. The table
// is made anew by every call.
func Manual() []Section {
	return []Section{manualWords(), manualOperators(), manualNear(), manualSpelling(), manualFields(), manualDates(), manualMore(), manualNexis()}
}

func manualWords() Section {
	return Section{"Words and phrases",
		"Type words, and every one of them has to be in the article, in any order and any form. Case and accents never matter. Quotation marks keep words together and in exactly this form.",
		[]Example{
			{"carbon tax", "both words, in any form (taxes, taxed); where they stand close together ranks higher"},
			{`"carbon tax"`, "exactly this phrase"},
			{`"rents"`, "exactly this word: not rent or renting"},
			{`"peace * treaty"`, "the two words with one or more others between them"},
			{"carbon -diesel", "carbon, but nothing that has diesel in it"},
			{`housing -"rent freeze"`, "housing, without a phrase"},
		}}
}

func manualOperators() Section {
	return Section{"AND, OR, NOT and brackets",
		"Operators are written in capitals. OR binds first, then nearness, then AND, and NOT last of all, as in Nexis; “Searched as” shows every bracket. A minus rules out the next thing only, NOT all that follows.",
		[]Example{
			{"vaccination OR measles", "either word, or both"},
			{"nuclear power OR energy", "nuclear, and one of the other two: the same as nuclear (power OR energy)"},
			{"(nuclear power) OR windfarm OR wind", "both words of the bracket, or one of the others"},
			{"stadium AND (tickets OR seats)", "stadium with one of the words in brackets"},
			{"islands AND NOT fish OR port", "islands without either of the others"},
			{"NOT port", "everything that does not speak of a port"},
		}}
}

func manualNear() Section {
	return Section{"Words near each other",
		"W/n means at most n words apart, in any order; PRE/n means that the left one comes first. Numbers go from 1 to 255. Each side may be a word, a phrase, a group with OR, or itself a pair of words near each other: the smallest number binds first. A match never runs from the headline into the text.",
		[]Example{
			{"kuril! W/10 (japan OR tokyo)", "a word that begins with kuril at most 10 words from one of the others"},
			{"(russia OR moscow) W/15 \"peace treaty\"", "a group near a phrase"},
			{"carbon PRE/3 tax", "carbon first, tax at most 3 words after it"},
			{"rents NOT W/5 freeze", "rents somewhere without freeze so near"},
			{"japan /s kuril!", "both in one sentence"},
			{"quota! /p (cod OR herring)", "both in one paragraph"},
			{"vaccin! /seg school!", "both in the same part of an article: headline, standfirst, text or author's note"},
			{"carbon AROUND(5) price", "as Google writes it: the same as W/5"},
		}}
}

func manualSpelling() Section {
	return Section{"Endings and spellings",
		"At least three letters stand before ! and *. Words with such signs, and words in quotation marks, are never looked for in other forms.",
		[]Example{
			{"vaccin!", "any word that begins so: vaccine, vaccination, vaccinated; it makes the query one in the manner of Nexis (see below)"},
			{"wom?n", "one letter where the ? stands: woman, women"},
			{"examin*", "* stands for any letters, or none; it may also stand inside a word"},
			{`"nuclear pow*"`, "signs work in phrases too"},
			{"kurile~1", "words that differ by one letter: kuril, kurils; ~2 allows two"},
		}}
}

func manualFields() Section {
	return Section{"Where in the article",
		"A name with a colon reaches the next word, phrase or bracket only. Names in capitals with a bracket, as in Nexis, do the same.",
		[]Example{
			{"headline:islands", "in the headline; title: and intitle: are the same"},
			{"HEADLINE(rent OR rents)", "the same in the manner of Nexis; words side by side in such brackets are a phrase"},
			{"hlead:stadium", "in the headline, the standfirst or the first paragraphs: articles that are about it"},
			{"lead:quota", "in the first paragraphs"},
			{"standfirst:treaty", "in the lines below the headline"},
			{"body:measles", "in the text"},
			{`author:"Walter Quill"`, "by this writer; byline: is the same"},
			{"bio:professor", "in the publication's note on its writer"},
			{"publication:gazette", "in a publication with this word in its name"},
			{"section:opinion", "in a section with this word in its name"},
			{`tag:"peace treaty"`, "with this tag"},
			{"type:op-ed", "pieces by guests; also column, editorial, letter, interview, analysis, review, report"},
			{"carbon tax (type:op-ed OR type:column)", "only pieces that one person signs"},
			{"lang:french", "in a language, by its name or code; lang:fr is the same"},
			{"access:partial", "where only a part of the text was open to be read"},
			{"inurl:treaty", "with this word in the address"},
			{"-has:author", "unsigned pieces; has: knows author, bio, correction, date, section, standfirst, tag and url"},
		}}
}

func manualDates() Section {
	return Section{"Dates and length",
		"Dates are the day of publication in the publication's own calendar. Both ends count, and “Searched as” shows the days.",
		[]Example{
			{"islands date:2016", "in that year; date:2016-12 and date:2016-12-20 work too"},
			{"islands date:2016..2018", "from the first day of 2016 to the last of 2018"},
			{"islands after:2015", "from 1 January 2015 on"},
			{"islands before:2015", "up to 31 December 2014"},
			{"islands until:2015", "up to 31 December 2015"},
			{"islands date aft 12/31/2015", "as in Nexis: later than that day; aft, bef and is are known. Of 3/4/2018 nobody can tell which month it is, so write 2018-03-04"},
			{"islands date:P15Y", "in the fifteen years up to today; P30D is the last 30 days"},
			{"islands last 15 years", "the same in words"},
			{"islands has:date", "only dated articles; -has:date finds those without a date"},
			{"LENGTH>500 port", "texts of more than 500 words; wc>500 is the same"},
		}}
}

func manualMore() Section {
	return Section{"How often, and how it is written", "", []Example{
		{"ATLEAST5(port)", "five times or more: articles that are about it"},
		{"ATLEAST3(rent OR landlord!)", "a group is counted together"},
		{"ALLCAPS(fleet OR aids)", "written in capitals only: AIDS, but not a country that aids another"},
		{"CAPS(port)", "with a capital letter: Port Merrin, but not the port"},
		{"NOCAPS(port)", "without any capital letter"},
	}}
}

func manualNexis() Section {
	return Section{"Coming from Nexis, Factiva or Google",
		"Where a query holds W/n, PRE/n, /s, /p, ATLEAST, a segment with brackets, a word that ends in ! or a code of Factiva, it is read in the manner of Nexis: bare words side by side are a phrase, and “and”, “or” and “not” are operators in lower case too. Otherwise it is read in the manner of Google: words side by side are all wanted, and only capitals make an operator.",
		[]Example{
			{"peace treaty and (kuril! or island!)", "the phrase peace treaty, and one of the others"},
			{"hlead(islands) and byline(morishita)", "segments joined by AND"},
			{"hd=islands and treaty same japan", "Factiva's codes hd=, by=, hlp=, la= and wc> are understood, and its near5, adj5 and same (paragraph)"},
			{"intitle:islands after:2010 -type:letter", "Google's operators, with ours"},
			{`law \and justice w/200 kuril!`, "a backslash makes a mere word of an operator"},
		}}
}
