/// How a page looks: one column, tables that scroll on narrow screens, and paper.
enum HTMLStyle {
  /// The rules; the colours are those of the charts.
  static let rules = """
    *{box-sizing:border-box}
    html{background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
    body{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 4rem;overflow-wrap:break-word}
    h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0 1rem}
    h2{font-size:1.3rem;margin:2.5rem 0 .6rem;padding-top:.8rem;border-top:1px solid var(--rule)}
    h3{font-size:1.05rem;margin:1.6rem 0 .5rem}
    a{color:var(--accent)} p{max-width:46rem;margin:.5rem 0}
    .lead{font-size:1.15rem;font-weight:600;line-height:1.45;border-left:4px solid var(--accent);padding:.2rem 0 .2rem 1rem}
    .skip{position:absolute;left:-999rem} .skip:focus{left:1rem;top:.5rem;padding:.5rem 1rem;background:var(--paper);z-index:1}
    .hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    main:focus{outline:none} :focus-visible{outline:3px solid var(--accent);outline-offset:2px}
    nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;padding:0;margin:0;list-style:none;font-size:.95rem}
    nav{margin-bottom:1rem} nav a{display:inline-block;padding:.25rem 0}
    table{border-collapse:collapse;margin:.6rem 0 1rem;font-size:.92rem;font-variant-numeric:tabular-nums}
    caption{text-align:left;font-weight:600;padding:.3rem 0}
    th,td{padding:.3rem .8rem .3rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--rule);unicode-bidi:isolate}
    td,tbody th{min-width:4rem} tbody th{font-weight:400;min-width:7.5rem} td.value{min-width:5.6rem}
    thead th{font-weight:600;color:var(--quiet);vertical-align:bottom} th.number,td.number{text-align:right} td.number{white-space:nowrap} td.blocks{white-space:nowrap;color:var(--blue);letter-spacing:-.05em}
    .facts td.value{font-weight:600} .facts thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
    .bars thead{position:absolute} td.bar{width:14rem;min-width:6rem} td.bar svg{display:block;width:100%;height:1rem;margin-top:.25rem}
    @media (max-width:40rem){td.bar{width:4rem;min-width:3rem} h1{font-size:1.35rem} td.number,th.number{min-width:3rem}}
    @media screen{td.range{white-space:nowrap}}
    .scroll{overflow-x:auto;margin:.3rem 0} .scroll table{min-width:40rem}
    figure{margin:1.2rem 0} figcaption{max-width:46rem;color:var(--quiet)} figcaption strong{display:block;color:var(--ink)}
    figure svg{display:block;max-width:none} details{font-size:.92rem} summary{cursor:pointer;color:var(--accent);padding:.3rem 0}
    @media print{
    @page{size:A4;margin:16mm 15mm 18mm;@bottom-right{content:counter(page) " / " counter(pages);font:9pt sans-serif}}
    @page wide{size:A4 landscape}
    html{font-size:11pt} body{max-width:none;padding:0} .skip,nav{display:none}
    h1,h2,h3,caption,figcaption,thead{break-after:avoid} figure>.scroll,figcaption,tr,.lead{break-inside:avoid} th,td{padding-top:.12rem;padding-bottom:.12rem} thead{display:table-header-group}
    .wide{page:wide} .scroll{overflow:visible} .scroll table{min-width:0;font-size:.8rem} figure svg{max-width:100%;height:auto}
    details::details-content{display:block;content-visibility:visible} details{font-size:8pt} details table{font-size:8pt} summary{list-style:none;color:var(--quiet)}
    a{color:inherit;text-decoration:none}}
    """
}
