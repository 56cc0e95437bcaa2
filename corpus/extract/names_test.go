package extract

import (
	"strings"
	"testing"

	"oped/corpus"
)

func show(authors []corpus.Author) string {
	var parts []string
	for _, a := range authors {
		s := a.Name
		if a.Title != "" {
			s = a.Title + "/" + s
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "; ")
}

func TestParseByline(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"Publié le 17 septembre 2015 à 05h40", ""},
		{"By Jane Doe and John Roe, Opinion Columnist - 3 hours ago", "Jane Doe; John Roe"},
		{"By Jane Doe", "Jane Doe"},
		{"JANE DOE", "Jane Doe"},
		{"ByJane Doe", "Jane Doe"},
		{"Byron Katie", "Byron Katie"},
		{"By Dr. Abdul Ruff", "Dr./Abdul Ruff"},
		{"Sen. Mary-Ann O’Neill", "Sen./Mary-Ann O’Neill"},
		{"Par Hélène Aubrac", "Hélène Aubrac"},
		{"Von Anna Schmidt und Peter von der Heide", "Anna Schmidt; Peter von der Heide"},
		{"Автор: Анна Ветрова", "Анна Ветрова"},
		{"Jane Doe, John Roe & Ada Lee", "Jane Doe; John Roe; Ada Lee"},
		{"Jane Doe, PhD, and John Roe, M.D.", "Jane Doe; John Roe"},
		{"Martin Luther King, Jr.", "Martin Luther King, Jr."},
		{"By Jane Doe | The Daily Marrow", "Jane Doe"},
		{"By Joan E Greve", "Joan E Greve"},
		{"Ana Pérez y Juan Gil", "Ana Pérez; Juan Gil"},
		{"POR ANA PÉREZ Y JUAN GIL", "Ana Pérez; Juan Gil"},
		{"By April Glaser and Seung Min Kim", "April Glaser; Seung Min Kim"},
		{"By Lauren Fox, Theresa May", "Lauren Fox; Theresa May"},
		{"By Jane Doe, May 4, 2018", "Jane Doe"},
		{"Don Gonyea", "Don Gonyea"},
		{"Don Luis Pérez", "Don/Luis Pérez"},
		{"Analysis Jane Doe, Gazette Editor-At-Large", "Jane Doe"},
		{"Opinion Columnist", ""},
		{"Popular Tags", ""},
		{"Abteilung Seerettung", ""},
		{"Agencia Marítima", ""},
		{"By Jane Doe • May 4, 2020", "Jane Doe"},
		{"By Jane Doe Published 12:30 4 May", "Jane Doe"},
		{"Jane Doe · 5 min read", "Jane Doe"},
		{"By Jane Doe jane@paper.example", "Jane Doe"},
		{"By Jane Doe The Associated Press", "Jane Doe"},
		{"John Roe as told to Jane Doe", "Jane Doe"},
		{"Photos and Story By Jane Doe Special Correspondent to the Gazette", "Jane Doe"},
		{"By Jane DoeDec 22, 2023 10:20 PM", "Jane Doe"},
		{"by Lesser TimesNovember 21, 2025", ""},
		{"and Jane Doe, Staff", "Jane Doe"},
		{"By The Associated Press", ""},
		{"Reuters", ""},
		{"By Staff Reporter", ""},
		{"The Editorial Board", ""},
		{"Editor", ""},
		{"3 hours ago", ""},
		{"May 4, 2020", ""},
		{"Harbourgazette.example Newsroom", ""},
		{"By", ""},
		{"", ""},
	} {
		if got := show(parseByline(tt.in)); got != tt.want {
			t.Errorf("parseByline(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestStructuredNames(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"Susan", "Susan"},
		{"joshua becker", "Joshua Becker"},
		{"Doe, Jane", "Jane Doe"},
		{"https://social.example/paper", ""},
		{"admin", ""},
		{"ANI", ""},
		{"Jane Doe &amp; John Roe", "Jane Doe; John Roe"},
	} {
		if got := show(structuredNames(tt.in)); got != tt.want {
			t.Errorf("structuredNames(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}
