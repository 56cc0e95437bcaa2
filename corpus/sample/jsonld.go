package sample

// node is one JSON-LD object.
type node map[string]any

// graph is the JSON-LD that the paper puts on an article's page, nil if it uses none.
func (v *view) graph(p *piece) any {
	switch p.paper {
	case meridianReview:
		return v.meridianGraph(p)
	case capitalStandard:
		return v.standardGraph(p)
	case courrier:
		return v.courrierGraph(p)
	}
	return nil
}

var schemaTypes = map[string]string{
	"op-ed": "OpinionNewsArticle", "column": "OpinionNewsArticle", "editorial": "OpinionNewsArticle", "letter": "OpinionNewsArticle",
	"analysis": "AnalysisNewsArticle", "review": "ReviewNewsArticle",
}

// newsArticle holds what all three papers say alike.
func (v *view) newsArticle(p *piece) node {
	typ := schemaTypes[p.typ]
	if typ == "" {
		typ = "NewsArticle"
	}
	n := node{
		"@type": typ, "headline": p.headline, "datePublished": iso(p.published), "inLanguage": p.paper.Language,
		"articleSection": p.section, "mainEntityOfPage": v.Abs(p.path()),
	}
	if p.standfirst != "" {
		n["description"] = p.standfirst
	}
	if !p.modified.IsZero() {
		n["dateModified"] = iso(p.modified)
	}
	return n
}

// meridianGraph points from node to node by @id, as SEO plug-ins do.
func (v *view) meridianGraph(p *piece) any {
	article := v.newsArticle(p)
	article["@id"] = v.Abs(p.path()) + "#article"
	article["isPartOf"] = node{"@id": v.Abs(p.path())}
	article["publisher"] = node{"@id": v.Abs("/#org")}
	article["isAccessibleForFree"] = true
	if len(p.tags) > 0 {
		article["keywords"] = p.tags
	}
	nodes := []node{article, {"@type": "WebPage", "@id": v.Abs(p.path()), "url": v.Abs(p.path()), "name": p.headline + " | " + p.paper.Name}}
	var authors []node
	for _, a := range v.teaser(p).Authors {
		authors = append(authors, node{"@id": v.Abs(a.URL)})
		nodes = append(nodes, node{"@type": "Person", "@id": v.Abs(a.URL), "name": a.Name, "url": v.Abs(a.URL)})
	}
	if authors == nil {
		authors = []node{{"@id": v.Abs("/#org")}}
	}
	article["author"] = authors
	nodes = append(nodes, node{"@type": "NewsMediaOrganization", "@id": v.Abs("/#org"), "name": p.paper.Name, "url": v.Abs("/")})
	return node{"@context": "https://schema.org", "@graph": nodes}
}

// standardGraph declares the paywall, with a string where a boolean belongs.
func (v *view) standardGraph(p *piece) any {
	article := v.newsArticle(p)
	article["@context"] = "https://schema.org"
	article["publisher"] = node{"@type": "Organization", "name": p.paper.Name}
	article["isAccessibleForFree"] = "True"
	if p.walled() {
		article["isAccessibleForFree"] = "False"
		article["hasPart"] = node{"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".subscriber-only"}
	}
	if len(p.authors) > 0 {
		var authors []node
		for _, name := range p.authors {
			authors = append(authors, node{"@type": "Person", "name": name})
		}
		article["author"] = authors
	}
	return article
}

// courrierGraph names the author as a bare string.
func (v *view) courrierGraph(p *piece) any {
	article := v.newsArticle(p)
	article["@context"] = "http://schema.org"
	article["@type"] = "NewsArticle"
	article["publisher"] = p.paper.Name
	if len(p.authors) > 0 {
		article["author"] = joinNames(v.teaser(p).Authors, "et")
	}
	return article
}
