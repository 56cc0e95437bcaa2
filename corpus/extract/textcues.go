package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// textCue is a hint at what a short text is for, read from its words.
type textCue uint8

const (
	sayMore   textCue = iota // points elsewhere: "Read more", "Related"
	sayLetter                // a newsletter
	sayShare
	sayComment
	sayRights
	sayAd
	sayCredit // of a picture
	sayByline
	sayDate
	sayBio
	sayCookie
	sayNote // a correction or editor's note
	sayMenu
	numTextCues
)

// textCueWords maps words and pairs of words ("read_more") to hints, lower case.
var textCueWords = makeTextCues(map[textCue]string{
	sayMore: "related read_more read_next also_read see_also more_from you_may might_also recommended click_here watch_now trending most_read most_popular most_viewed " +
		"editors_picks must_read read_also more_on more_stories latest_news top_stories up_next don't_miss read_full story_continues continue_reading keep_reading full_story " +
		"learn_more find_out check_out click_to also_on popular explore_more further_reading recommended_stories lire_aussi voir_aussi lesen_sie mehr_zum lea_también leia_também leggi_anche читайте_также читайте_также: lees_ook in_this previous_post next_post " +
		"read: watch: listen: see: more: related: также",
	sayLetter:  "newsletter newsletters subscribe subscribed subscriber subscribers subscription subscriptions sign_up signup inbox unsubscribe e-mail email email_address free_trial our_app download_the notifications alerts delivered briefing support_our become_a donate membership join_us daily_digest",
	sayShare:   "share shares share_this facebook twitter whatsapp linkedin pinterest reddit tumblr flipboard copy_link print tweet telegram instagram follow_us new_window bookmark save",
	sayComment: "comment comments reply replies leave_a post_a your_comment comments_are log_in join_the conversation be_the moderated logged_in sign_in required_fields not_be be_published cancel_reply community_guidelines",
	sayRights:  "copyright © rights_reserved all_rights terms_of privacy_policy reserved reproduced redistributed trademark trademarks republished permission license licensed",
	sayAd:      "advertisement advertisements advertise sponsored sponsor affiliate commission commissions promoted promo coupon deals shop_now buy_now paid_content independently purchase amazon prices story_continues article_continues continues_below",
	sayCredit:  "photo photos image images getty credit courtesy photograph photographer file_photo ap_photo picture pictures pictured illustration shutterstock istock afp screenshot via_getty getty_images video gallery seen_here shown_in unsplash alamy фото",
	sayByline:  "by written_by reporter staff editor editors author written correspondent contributor reporting_by editing_by additional_reporting posted_by columnist writer associated_press contributed_to",
	sayDate:    "january february march april june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec updated published posted ago am pm edt est pdt pst gmt utc min_read minute_read minutes_ago hours_ago days_ago last_updated modified",
	sayBio:     "freelance author_of is_a is_an is_the reporter_for writer_for editor_at professor_of fellow_at can_be be_reached follow_him follow_her follow_them on_twitter his_work her_work has_written covers writes_about he_is she_is contact him_at her_at lives_in based_in has_been was_born award-winning graduated founder graduate",
	sayCookie:  "cookie cookies consent gdpr privacy tracking preferences browser javascript enable adblock ad_blocker",
	sayNote:    "correction clarification editor's_note editors_note corrected an_earlier earlier_version was_updated been_updated originally_published originally_appeared first_appeared first_published disclaimer disclosure note note: published_in this_article this_story this_post views_expressed opinions_expressed",
	sayMenu:    "home menu contact about about_us contact_us search skip_to login register sections tags tags: filed_under categories category topics archives sitemap back_to view_all see_all show_more load_more next previous toggle close open navigation advertise_with faq help terms policy careers",
})

func makeTextCues(lists map[textCue]string) map[string]uint32 {
	words := map[string]uint32{}
	for c, list := range lists {
		for w := range strings.FieldsSeq(list) {
			words[w] |= 1 << c
		}
	}
	return words
}

// maxCueWords is how many words of a text are read for hints: what a line is for shows at its start.
const maxCueWords = 40

// textCues counts for each hint how often it stands in the first words of a text, and says which stand among the
// first three words.
func textCues(s string) (counts [numTextCues]uint8, lead uint32) {
	var pair []byte
	var buf [32]byte
	words := 0
	hit := func(set uint32) {
		for c := textCue(0); set != 0; c, set = c+1, set>>1 {
			if set&1 != 0 && counts[c] < 255 {
				counts[c]++
			}
		}
	}
	for word := range strings.FieldsSeq(s) {
		if words++; words > maxCueWords {
			break
		}
		w := cueWord(buf[:0], word)
		set := textCueWords[string(w)]
		if len(pair) > 0 {
			pair = append(append(pair, '_'), w...)
			set |= textCueWords[string(pair)]
		}
		pair = append(pair[:0], w...)
		hit(set)
		if words <= 3 {
			lead |= set
		}
	}
	return counts, lead
}

// cueWord folds a word for lookup: lower case, straight apostrophes, punctuation around it gone but for a colon.
func cueWord(buf []byte, word string) []byte {
	for _, r := range word {
		switch {
		case r == '’':
			r = '\''
		case r == '|' || r == '"' || r == '“' || r == '”' || r == '(' || r == ')' || r == ',' || r == '.' || r == '!' || r == '?' || r == ';' || r == '»' || r == '>':
			continue
		}
		if r < utf8.RuneSelf && r >= 'A' && r <= 'Z' {
			r |= 0x20
		} else if r >= utf8.RuneSelf {
			r = unicode.ToLower(r)
		}
		buf = utf8.AppendRune(buf, r)
	}
	return buf
}

// grammarWords are the commonest words of the languages that are read most; running text is full of them, menus and
// lists of titles are not.
var grammarWords = wordSet(`the of and to in a is that it was for on are as with his they i at be this have from or had by but not what all were we when
 your can said there an which she do how their if will her he would so him has who been its than more you about out up them then my
 le la les de des du et est une un que qui dans en pour sur pas au par il elle ce sont avec ne se plus nous vous mais ou aux cette
 der die das und ist von zu den mit nicht ein eine es sich auf dem auch als für an wie bei im aus er sie hat nach wird
 el los las y se del por con para su al lo como más pero sus o este ha si porque esta entre
 di che è per non con sono della anche più come ma o da dei nel alla gli
 o os as em um uma não com do da na no para mais como dos foi
 het een van dat niet op te zijn met voor aan er om ook dan maar bij
 и в не на что он с по это как а то все она так его но да к у же вы за бы от о из`)

// smallWords is the share of a text's words that are grammar words.
func smallWords(s string) float32 {
	all, small := 0, 0
	var buf [32]byte
	for word := range strings.FieldsSeq(s) {
		if all++; all > 4*maxCueWords {
			break
		}
		if len(word) < 16 && grammarWords[string(cueWord(buf[:0], word))] {
			small++
		}
	}
	return float32(small) / float32(all+1)
}
