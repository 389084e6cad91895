"use strict";// Generated from templates/pages and templates/partials by `npm run generate`.
exports.sources="7fc30dcf4040ac22861894a42a96389c508c8dadac0884a43354b089fc8ed991";
exports.templates=({h,escape,strict,there,items,lookup})=>{
const f=[
(x)=>h["t"]("audit.eyebrow",x.bare),
(x)=>h["t"]("audit.heading",x.bare),
(x)=>h["t"]("report.as-of",x.bare),
(x)=>h["t"]("report.comma",x.bare),
(x)=>h["t"]("audit.lead",x.bare),
(x)=>h["t"]("report.section.audit-cap-do",x.bare),
(x)=>h["t"]("audit.untold",x.bare),
(x)=>h["t"]("audit.grid.lead",x.bare),
(x)=>h["t"]("audit.grid.caption",x.bare),
(x)=>h["t"]("audit.grid.claimed",x.bare),
(x)=>h["t"]("audit.grid.untold",x.bare),
(x)=>h["t"]("audit.grid.total",x.bare),
(x)=>h["t"]("audit.grid.unclaimed",x.bare),
(x)=>h["t"]("report.section.audit-lop",x.bare),
(x)=>h["t"]("audit.layers.lead",x.bare),
(x)=>h["t"]("audit.layers.caption",x.bare),
(x)=>h["t"]("report.layers.layer",x.bare),
(x)=>h["t"]("report.systems.coverage",x.bare),
(x)=>h["t"]("report.section.audit-doi-chieu",x.bare),
(x)=>h["t"]("audit.rows.lead",x.bare),
(x)=>h["t"]("report.systems.name",x.bare),
(x)=>h["t"]("audit.rows.claimed",x.bare),
(x)=>h["t"]("audit.rows.asked",x.bare),
(x)=>h["t"]("audit.rows.dossier",x.bare),
(x)=>h["t"]("report.systems.layers",x.bare),
(x)=>h["t"]("shell.chain.open",x.bare),
(x)=>h["t"]("audit.rows.no-limb",x.bare),
(x)=>h["t"]("report.section.audit-ho-so",x.bare),
(x)=>h["t"]("audit.defects.none",x.bare),
(x)=>h["t"]("audit.defects.caption",x.bare),
(x)=>h["t"]("audit.defects.what",x.bare),
(x)=>h["t"]("audit.defects.weight",x.bare),
(x)=>h["t"]("audit.defects.article",x.bare),
(x)=>h["t"]("report.section.audit-cau-hoi",x.bare),
(x)=>h["t"]("audit.questions.none",x.bare),
(x)=>h["t"]("audit.questions.lead",x.bare),
(x)=>h["t"]("audit.questions.caption",x.bare),
(x)=>h["t"]("audit.questions.what",x.bare),
(x)=>h["t"]("audit.questions.seen",x.bare),
(x)=>h["t"]("report.section.audit-van-ban",x.bare),
(x)=>h["t"]("audit.laws.lead",x.bare),
(x)=>h["t"]("report.section.audit-kiem-chung",x.bare),
(x)=>h["t"]("audit.verify.lead",x.bare),
(x)=>h["t"]("shell.chain.eyebrow",x.bare),
(x)=>h["t"]("shell.chain.system",x.bare),
(x)=>h["t"]("shell.section.chain-lop",x.bare),
(x)=>h["t"]("shell.chain.layers-caption",x.bare),
(x)=>h["t"]("shell.chain.claim",x.bare),
(x)=>h["t"]("shell.chain.verdict",x.bare),
(x)=>h["t"]("report.dated",x.bare),
(x)=>h["t"]("shell.chain.until",x.bare),
(x)=>h["t"]("report.nothing-asked",x.bare),
(x)=>h["t"]("report.claim.seen-at",x.bare),
(x)=>h["t"]("shell.section.chain-chuoi",x.bare),
(x)=>h["t"]("shell.chain.empty",x.bare),
(x)=>h["t"]("shell.chain.lead",x.bare),
(x)=>h["t"]("shell.chain.caption",x.bare),
(x)=>h["t"]("shell.chain.asked",x.bare),
(x)=>h["t"]("shell.chain.evidence",x.bare),
(x)=>h["t"]("report.obligations.advice",x.bare),
(x)=>h["t"]("shell.chain.none",x.bare),
(x)=>h["t"]("shell.section.chain-bang-chung",x.bare),
(x)=>h["t"]("shell.chain.evidence-lead",x.bare),
(x)=>h["t"]("shell.chain.evidence-caption",x.bare),
(x)=>h["t"]("shell.chain.what",x.bare),
(x)=>h["t"]("shell.chain.seen",x.bare),
(x)=>h["t"]("shell.chain.record",x.bare),
(x)=>h["t"]("shell.chain.finding-hash",x.bare),
(x)=>h["t"]("shell.chain.no-record",x.bare),
(x)=>h["t"]("shell.section.chain-can-cu",x.bare),
(x)=>h["t"]("shell.chain.hashes",x.bare),
(x)=>h["t"]("report.scan.run",x.bare),
(x)=>h["t"]("report.scan.hashes",x.bare),
(x)=>h["t"]("report.scan.inventory",x.bare),
(x)=>h["t"]("report.scan.checks",x.bare),
(x)=>h["t"]("report.scan.frameworks",x.bare),
(x)=>h["t"]("shell.chain.laws",x.bare),
(x)=>h["t"]("forms.recipients",x.bare),
(x)=>h["t"]("report.guide.eyebrow",x.bare),
(x)=>h["t"]("report.title.guide",x.bare),
(x)=>h["t"]("report.guide.lead",x.bare),
(x)=>h["t"]("shell.section.guide-doc-nhanh",x.bare),
(x)=>h["t"]("report.section.guide-ket-qua",x.bare),
(x)=>h["t"]("report.guide.outcomes",x.bare),
(x)=>h["t"]("report.section.guide-ket-luan",x.bare),
(x)=>h["t"]("report.guide.verdicts",x.bare),
(x)=>h["t"]("report.section.guide-do-phu",x.bare),
(x)=>h["t"]("report.guide.coverage",x.bare),
(x)=>h["t"]("report.guide.no-score",x.bare),
(x)=>h["t"]("shell.section.guide-ngay",x.bare),
(x)=>h["t"]("report.section.guide-gioi-han",x.bare),
(x)=>h["t"]("shell.section.guide-bon-lop",x.bare),
(x)=>h["t"]("shell.guide.layers",x.bare),
(x)=>h["t"]("shell.section.guide-cap-do",x.bare),
(x)=>h["t"]("shell.guide.levels",x.bare),
(x)=>h["t"]("report.section.guide-muc-do",x.bare),
(x)=>h["t"]("report.section.guide-nguyen-nhan",x.bare),
(x)=>h["t"]("report.guide.failures",x.bare),
(x)=>h["t"]("report.section.guide-can-cu",x.bare),
(x)=>h["t"]("report.guide.certainties",x.bare),
(x)=>h["t"]("report.section.guide-thuat-ngu",x.bare),
(x)=>h["t"]("shell.guide.words",x.bare),
(x)=>h["t"]("report.shell.skip",x.bare),
(x)=>h["t"]("report.shell.brand",x.bare),
(x)=>h["t"]("report.shell.tagline",x.bare),
(x)=>h["t"]("report.shell.guide",x.bare),
(x)=>h["t"]("report.shell.internal",x.bare),
(x)=>h["t"]("report.shell.other",x.bare),
(x)=>h["t"]("shell.travelling.note",x.bare),
(x)=>h["t"]("only.note",x.bare),
(x)=>h["t"]("report.shell.trail",x.bare),
(x)=>h["t"]("report.shell.contents",x.bare),
(x)=>h["t"]("report.shell.made",x.bare),
(x)=>h["t"]("report.shell.clock",x.bare),
(x)=>h["t"]("report.shell.audit",x.bare),
(x)=>h["t"]("shell.words",x.bare),
(x)=>h["t"]("report.organisation.eyebrow",x.bare),
(x)=>h["t"]("report.organisation.owns-none",x.bare),
(x)=>h["t"]("owner.link-lead",x.bare),
(x)=>h["t"]("owner.link",x.bare),
(x)=>h["t"]("report.section.organisation-he-thong",x.bare),
(x)=>h["t"]("report.section.organisation-nhiem-vu",x.bare),
(x)=>h["t"]("report.own-tasks.none",x.bare),
(x)=>h["t"]("report.own-tasks.organisation",x.bare),
(x)=>h["t"]("report.section.organisation-viec-can-lam",x.bare),
(x)=>h["t"]("report.actions.none",x.bare),
(x)=>h["t"]("report.actions.lead",x.bare),
(x)=>h["t"]("report.section.organisation-chua-quan-sat",x.bare),
(x)=>h["t"]("report.section.organisation-dau-moi",x.bare),
(x)=>h["t"]("report.organisation.head",x.bare),
(x)=>h["t"]("report.organisation.address",x.bare),
(x)=>h["t"]("report.organisation.functions",x.bare),
(x)=>h["t"]("report.organisation.contact",x.bare),
(x)=>h["t"]("report.organisation.no-contact",x.bare),
(x)=>h["t"]("report.organisation.phone",x.bare),
(x)=>h["t"]("report.organisation.email",x.bare),
(x)=>h["t"]("report.organisation.specialised",x.bare),
(x)=>h["t"]("report.organisation.no-specialised",x.bare),
(x)=>h["t"]("report.organisation.itself",x.bare),
(x)=>h["t"]("report.province.eyebrow",x.bare),
(x)=>h["t"]("report.section.province-lop",x.bare),
(x)=>h["t"]("report.layers.lead",x.bare),
(x)=>h["t"]("report.layers.caption",x.bare),
(x)=>h["t"]("report.layers.verdicts",x.bare),
(x)=>h["t"]("shell.section.province-phoi-ra",x.bare),
(x)=>h["t"]("shell.exposed.none",x.bare),
(x)=>h["t"]("shell.exposed.lead",x.bare),
(x)=>h["t"]("shell.exposed.caption",x.bare),
(x)=>h["t"]("shell.exposed.what",x.bare),
(x)=>h["t"]("shell.exposed.where",x.bare),
(x)=>h["t"]("shell.exposed.since",x.bare),
(x)=>h["t"]("shell.exposed.due",x.bare),
(x)=>h["t"]("shell.exposed.first-time",x.bare),
(x)=>h["t"]("shell.exposed.no-due",x.bare),
(x)=>h["t"]("shell.exposed.seen-once",x.bare),
(x)=>h["t"]("report.section.province-co-quan",x.bare),
(x)=>h["t"]("report.matrix.lead",x.bare),
(x)=>h["t"]("report.matrix.caption",x.bare),
(x)=>h["t"]("report.matrix.organisation",x.bare),
(x)=>h["t"]("report.matrix.overall",x.bare),
(x)=>h["t"]("report.layers.n",{hash:{"n":1},data:x}),
(x)=>h["t"]("report.layers.n",{hash:{"n":2},data:x}),
(x)=>h["t"]("report.layers.n",{hash:{"n":3},data:x}),
(x)=>h["t"]("report.layers.n",{hash:{"n":4},data:x}),
(x)=>h["t"]("report.section.province-cap-do",x.bare),
(x)=>h["t"]("report.levels.audit",x.bare),
(x)=>h["t"]("report.section.province-thoi-han",x.bare),
(x)=>h["t"]("report.deadlines.none",x.bare),
(x)=>h["t"]("tasks.convention.label",x.bare),
(x)=>h["t"]("report.deadlines.every",x.bare),
(x)=>h["t"]("report.deadlines.caption",x.bare),
(x)=>h["t"]("report.deadlines.task",x.bare),
(x)=>h["t"]("report.deadlines.owner",x.bare),
(x)=>h["t"]("report.deadlines.when",x.bare),
(x)=>h["t"]("report.deadlines.state",x.bare),
(x)=>h["t"]("report.deadlines.systems",x.bare),
(x)=>h["t"]("report.section.province-viec-can-lam",x.bare),
(x)=>h["t"]("shell.week.lead",x.bare),
(x)=>h["t"]("report.section.province-chua-quan-sat",x.bare),
(x)=>h["t"]("report.section.province-luot-ra-soat",x.bare),
(x)=>h["t"]("report.section.province-he-thong",x.bare),
(x)=>h["t"]("owner.eyebrow",x.bare),
(x)=>h["t"]("owner.to",x.bare),
(x)=>h["t"]("owner.remedy.zone",x.bare),
(x)=>h["t"]("owner.section.giao-viec",x.bare),
(x)=>h["t"]("owner.assign.none",x.bare),
(x)=>h["t"]("owner.assign.lead",x.bare),
(x)=>h["t"]("owner.assign.caption",x.bare),
(x)=>h["t"]("owner.assign.work",x.bare),
(x)=>h["t"]("owner.assign.due",x.bare),
(x)=>h["t"]("owner.assign.person",x.bare),
(x)=>h["t"]("owner.assign.blank",x.bare),
(x)=>h["t"]("owner.due.none",x.bare),
(x)=>h["t"]("owner.assign.nobody",x.bare),
(x)=>h["t"]("owner.assign.complete",x.bare),
(x)=>h["t"]("owner.directives",x.bare),
(x)=>h["t"]("report.deadlines.before",x.bare),
(x)=>h["t"]("owner.section.he-thong",x.bare),
(x)=>h["t"]("owner.section.viec-can-lam",x.bare),
(x)=>h["t"]("owner.section.da-khac-phuc",x.bare),
(x)=>h["t"]("owner.section.chua-quan-sat",x.bare),
(x)=>h["t"]("owner.section.tra-loi",x.bare),
(x)=>h["t"]("owner.answer-how.lead",x.bare),
(x)=>h["t"]("owner.answer-how.done",x.bare),
(x)=>h["t"]("owner.answer-how.doing",x.bare),
(x)=>h["t"]("owner.answer-how.cannot",x.bare),
(x)=>h["t"]("owner.answer-how.wrong",x.bare),
(x)=>h["t"]("owner.answer-how.file",x.bare),
(x)=>h["t"]("owner.answer-how.contact",x.bare),
(x)=>h["t"]("report.system.eyebrow",x.bare),
(x)=>h["t"]("report.systems.critical",x.bare),
(x)=>h["t"]("report.system.closed",x.bare),
(x)=>h["t"]("report.section.system-viec-can-lam",x.bare),
(x)=>h["t"]("report.section.system-diem-truy-cap",x.bare),
(x)=>h["t"]("report.targets.empty",x.bare),
(x)=>h["t"]("owner.endpoints.lead",x.bare),
(x)=>h["t"]("report.section.system-chua-quan-sat",x.bare),
(x)=>h["t"]("report.blind.none",x.bare),
(x)=>h["t"]("report.blind.unlooked",x.bare),
(x)=>h["t"]("report.blind.detail",x.bare),
(x)=>h["t"]("report.section.system-nghia-vu",x.bare),
(x)=>h["t"]("report.obligations.none",x.bare),
(x)=>h["t"]("report.section.system-lop",x.bare),
(x)=>h["t"]("report.claim.lead",x.bare),
(x)=>h["t"]("owner.layers.show",x.bare),
(x)=>h["t"]("report.claim.caption",x.bare),
(x)=>h["t"]("report.claim.claim",x.bare),
(x)=>h["t"]("report.claim.evidence",x.bare),
(x)=>h["t"]("report.claim.until",x.bare),
(x)=>h["t"]("report.claim.lapsed",x.bare),
(x)=>h["t"]("report.claim.against",x.bare),
(x)=>h["t"]("report.section.system-nhiem-vu",x.bare),
(x)=>h["t"]("report.own-tasks.system",x.bare),
(x)=>h["t"]("report.section.system-cap-do",x.bare),
(x)=>h["t"]("owner.level.show",x.bare),
(x)=>h["t"]("report.section.system-ho-so",x.bare),
(x)=>h["t"]("report.system.owner",x.bare),
(x)=>h["t"]("report.system.operator",x.bare),
(x)=>h["t"]("report.system.level",x.bare),
(x)=>h["t"]("report.system.dossier",x.bare),
(x)=>h["t"]("report.system.undocumented",x.bare),
(x)=>h["t"]("report.system.expected",x.bare),
(x)=>h["t"]("report.system.regulation",x.bare),
(x)=>h["t"]("report.system.type",x.bare),
(x)=>h["t"]("report.system.information",x.bare),
(x)=>h["t"]("report.system.critical-basis",x.bare),
(x)=>h["t"]("report.system.id",x.bare),
(x)=>h["t"]("owner.record.history",x.bare),
(x)=>h["t"]("report.section.system-da-xem",x.bare),
(x)=>h["t"]("report.quiet.none",x.bare),
(x)=>h["t"]("report.quiet.lead",x.bare),
(x)=>h["t"]("report.section.system-chi-phi",x.bare),
(x)=>h["t"]("report.cost.none",x.bare),
(x)=>h["t"]("report.cost.web-stopped",x.bare),
(x)=>h["t"]("controls.report.withheld-help",x.bare),
(x)=>h["t"]("controls.report.none",x.bare),
(x)=>h["t"]("controls.report.head",x.bare),
(x)=>h["t"]("report.coverage-none",x.bare),
(x)=>h["t"]("report.coverage-unlooked",x.bare),
(x)=>h["t"]("report.deadlines.today",x.bare),
(x)=>h["t"]("report.targets.none",x.bare),
(x)=>h["t"]("words.outcome.not-observed",x.bare),
(x)=>h["t"]("verify.false-positives.title",x.bare),
(x)=>h["t"]("verify.false-positives.lead",x.bare),
(x)=>h["t"]("verify.false-positives.caption",x.bare),
(x)=>h["t"]("report.waived.finding",x.bare),
(x)=>h["t"]("report.waived.until",x.bare),
(x)=>h["t"]("report.waived.reason",x.bare),
(x)=>h["t"]("report.waived.people",x.bare),
(x)=>h["t"]("track.state.false-positive",x.bare),
(x)=>h["t"]("report.waived.requested",x.bare),
(x)=>h["t"]("report.waived.approved",x.bare),
(x)=>h["t"]("shell.filter.some",{hash:{"n":"{n}","total":"{total}","asked":"{asked}"},data:x}),
(x)=>h["t"]("shell.filter.none",{hash:{"asked":"{asked}"},data:x}),
(x)=>h["t"]("shell.filter.group",{hash:{"n":"{n}"},data:x}),
(x)=>h["t"]("shell.filter.text",x.bare),
(x)=>h["t"]("shell.filter.any",x.bare),
(x)=>h["t"]("shell.filter.clear",x.bare),
(x)=>h["t"]("shell.filter.export",x.bare),
(x)=>h["folder"]("organisation",x.bare),
(x)=>h["folder"]("system",x.bare),
(x)=>h["provinceFile"](x.bare),
(x)=>h["t"]("shell.find.level",{hash:{"n":"{n}"},data:x}),
(x)=>h["t"]("shell.find.some",{hash:{"n":"{n}"},data:x}),
(x)=>h["t"]("shell.find.none",x.bare),
(x)=>h["t"]("shell.find.label",x.bare),
(x)=>h["t"]("shell.find.placeholder",x.bare),
(x)=>h["t"]("shell.find.list",x.bare),
(x)=>h["t"]("forms.empty",x.bare),
(x)=>h["t"]("report.obligations.binding",x.bare),
(x)=>h["t"]("report.headers.no-answer",x.bare),
(x)=>h["t"]("report.headers.caption",x.bare),
(x)=>h["t"]("report.headers.name",x.bare),
(x)=>h["t"]("report.headers.value",x.bare),
(x)=>h["t"]("owner.improved.unknown",x.bare),
(x)=>h["t"]("owner.improved.first",x.bare),
(x)=>h["t"]("owner.improved.since",x.bare),
(x)=>h["t"]("owner.improved.mended-title",x.bare),
(x)=>h["t"]("owner.improved.passing-title",x.bare),
(x)=>h["t"]("audit.laws.caption",x.bare),
(x)=>h["t"]("audit.laws.text",x.bare),
(x)=>h["t"]("audit.laws.in-force",x.bare),
(x)=>h["t"]("audit.laws.certainty",x.bare),
(x)=>h["t"]("audit.laws.obligations",x.bare),
(x)=>h["t"]("audit.laws.from",x.bare),
(x)=>h["t"]("audit.laws.to",x.bare),
(x)=>h["t"]("audit.laws.read-on",x.bare),
(x)=>h["t"]("layers.missing",x.bare),
(x)=>h["t"]("layers.refused",x.bare),
(x)=>h["t"]("layers.evidence.verified-by",x.bare),
(x)=>h["t"]("layers.evidence.claim-undated",x.bare),
(x)=>h["t"]("layers.evidence.claim-dated",x.bare),
(x)=>h["t"]("layers.detection.heading",x.bare),
(x)=>h["t"]("layers.detection.sent-word",x.bare),
(x)=>h["t"]("layers.detection.seen-word",x.bare),
(x)=>h["t"]("layers.detection.from-word",x.bare),
(x)=>h["t"]("layers.detection.by-word",x.bare),
(x)=>h["t"]("layers.due.never",x.bare),
(x)=>h["t"]("layers.due.last-word",x.bare),
(x)=>h["t"]("layers.due.next-word",x.bare),
(x)=>h["t"]("layers.due.later",x.bare),
(x)=>h["t"]("level.kept",x.bare),
(x)=>h["t"]("level.panel.caption",x.bare),
(x)=>h["t"]("level.panel.regime",x.bare),
(x)=>h["t"]("level.panel.level",x.bare),
(x)=>h["t"]("level.panel.ground",x.bare),
(x)=>h["t"]("level.panel.own",x.bare),
(x)=>h["t"]("level.none",x.bare),
(x)=>h["t"]("level.also",x.bare),
(x)=>h["t"]("level.presumed",x.bare),
(x)=>h["t"]("level.organisation-unknown",x.bare),
(x)=>h["t"]("level.independence",x.bare),
(x)=>h["t"]("level.status",x.bare),
(x)=>h["t"]("level.forms",x.bare),
(x)=>h["t"]("level.deadlines",x.bare),
(x)=>h["t"]("level.panel.term",x.bare),
(x)=>h["t"]("level.panel.length",x.bare),
(x)=>h["t"]("level.panel.standing",x.bare),
(x)=>h["t"]("level.uncertain",x.bare),
(x)=>h["t"]("level.due-next",x.bare),
(x)=>h["t"]("level.defects",x.bare),
(x)=>h["t"]("level.no-defects",x.bare),
(x)=>h["t"]("level.missing-parts",x.bare),
(x)=>h["t"]("level.questions",x.bare),
(x)=>h["t"]("level.questions-lead",x.bare),
(x)=>h["t"]("level.question.seen",x.bare),
(x)=>h["t"]("level.undecided",x.bare),
(x)=>h["t"]("level.history",x.bare),
(x)=>h["t"]("level.panel.on",x.bare),
(x)=>h["t"]("level.panel.by",x.bare),
(x)=>h["t"]("level.panel.change",x.bare),
(x)=>h["t"]("life.because",x.bare),
(x)=>h["t"]("life.first-seen",x.bare),
(x)=>h["t"]("life.last-failed",x.bare),
(x)=>h["t"]("life.due",x.bare),
(x)=>h["t"]("life.passed",x.bare),
(x)=>h["t"]("life.said-by",x.bare),
(x)=>h["t"]("life.document",x.bare),
(x)=>h["t"]("life.aside",x.bare),
(x)=>h["t"]("life.requested",x.bare),
(x)=>h["t"]("life.approved",x.bare),
(x)=>h["t"]("life.until",x.bare),
(x)=>h["t"]("report.section.organisation-dien-bien",x.bare),
(x)=>h["t"]("life.moved-caption",x.bare),
(x)=>h["t"]("life.column.to-mend",x.bare),
(x)=>h["t"]("life.column.late",x.bare),
(x)=>h["t"]("life.column.fixed",x.bare),
(x)=>h["t"]("life.column.reopened",x.bare),
(x)=>h["t"]("life.column.coverage",x.bare),
(x)=>h["t"]("life.before",x.bare),
(x)=>h["t"]("life.overdue",x.bare),
(x)=>h["t"]("life.overdue-none",x.bare),
(x)=>h["t"]("life.one-run",x.bare),
(x)=>h["t"]("life.overdue-caption",x.bare),
(x)=>h["t"]("life.column.finding",x.bare),
(x)=>h["t"]("life.column.due",x.bare),
(x)=>h["t"]("life.column.days-late",x.bare),
(x)=>h["t"]("report.section.province-dien-bien",x.bare),
(x)=>h["t"]("life.result.mean",x.bare),
(x)=>h["t"]("track.mean-none",x.bare),
(x)=>h["t"]("life.result.late",x.bare),
(x)=>h["t"]("life.result.aside",x.bare),
(x)=>h["t"]("life.result.lapsing-none",x.bare),
(x)=>h["t"]("life.result.lapsing",x.bare),
(x)=>h["t"]("words.outcome.fail",x.bare),
(x)=>h["t"]("words.outcome.pass",x.bare),
(x)=>h["t"]("words.outcome.not-applicable",x.bare),
(x)=>h["t"]("life.mark.gone",x.bare),
(x)=>h["t"]("life.since",x.bare),
(x)=>h["t"]("life.no-change",x.bare),
(x)=>h["t"]("life.to-mend",x.bare),
(x)=>h["t"]("life.equal",x.bare),
(x)=>h["t"]("report.section.system-dien-bien",x.bare),
(x)=>h["t"]("life.fixed-now",x.bare),
(x)=>h["t"]("life.reopened-now",x.bare),
(x)=>h["t"]("life.none-open",x.bare),
(x)=>h["t"]("life.none",x.bare),
(x)=>h["t"]("report.obligations.caption",x.bare),
(x)=>h["t"]("report.obligations.asked",x.bare),
(x)=>h["t"]("report.systems.verdict",x.bare),
(x)=>h["t"]("report.obligations.basis",x.bare),
(x)=>h["t"]("report.obligations.behind",x.bare),
(x)=>h["t"]("report.obligations.equivalent",x.bare),
(x)=>h["t"]("tasks.claim",x.bare),
(x)=>h["t"]("tasks.evidence",x.bare),
(x)=>h["t"]("tasks.extended-to",x.bare),
(x)=>h["t"]("tasks.was",x.bare),
(x)=>h["t"]("tasks.trigger-came",x.bare),
(x)=>h["t"]("tasks.note",x.bare),
(x)=>h["t"]("report.ports.nmap",x.bare),
(x)=>h["t"]("report.ports.built-in",x.bare),
(x)=>h["t"]("report.ports.off-zone",x.bare),
(x)=>h["t"]("report.ports.caption",x.bare),
(x)=>h["t"]("report.ports.port",x.bare),
(x)=>h["t"]("report.ports.service",x.bare),
(x)=>h["t"]("report.ports.product",x.bare),
(x)=>h["t"]("report.ports.inventory",x.bare),
(x)=>h["t"]("report.ports.missing",x.bare),
(x)=>h["t"]("report.ports.udp",x.bare),
(x)=>h["t"]("report.ports.udp-not-asked",x.bare),
(x)=>h["t"]("report.ports.asked",x.bare),
(x)=>h["t"]("owner.proof.id",x.bare),
(x)=>h["t"]("owner.proof.fingerprint",x.bare),
(x)=>h["t"]("report.findings.sure",x.bare),
(x)=>h["t"]("report.findings.sources",x.bare),
(x)=>h["t"]("owner.due.before",x.bare),
(x)=>h["t"]("owner.remedy.wrong",x.bare),
(x)=>h["t"]("owner.remedy.where",x.bare),
(x)=>h["t"]("owner.remedy.fix",x.bare),
(x)=>h["t"]("owner.remedy.for-any",x.bare),
(x)=>h["t"]("owner.remedy.no-fix",x.bare),
(x)=>h["t"]("owner.remedy.check",x.bare),
(x)=>h["t"]("owner.remedy.no-command",x.bare),
(x)=>h["t"]("owner.remedy.expect",x.bare),
(x)=>h["t"]("owner.remedy.due",x.bare),
(x)=>h["t"]("owner.due.first",x.bare),
(x)=>h["t"]("owner.due.under",x.bare),
(x)=>h["t"]("owner.remedy.no-ground",x.bare),
(x)=>h["cssT"]("report.title.guide",x.bare),
(x)=>h["cssT"]("report.shell.internal",x.bare),
(x)=>h["cssT"]("report.shell.page",x.bare),
(x)=>h["t"]("report.scan.when",x.bare),
(x)=>h["t"]("report.scan.interrupted",x.bare),
(x)=>h["t"]("report.scan.rejudged",x.bare),
(x)=>h["t"]("report.scan.zone",x.bare),
(x)=>h["t"]("report.scan.authorisations",x.bare),
(x)=>h["t"]("report.scan.no-authorisation",x.bare),
(x)=>h["t"]("report.scan.valid",x.bare),
(x)=>h["t"]("report.scan.hours",x.bare),
(x)=>h["t"]("report.scan.engine",x.bare),
(x)=>h["t"]("report.scan.no-engine",x.bare),
(x)=>h["t"]("report.scan.cost",x.bare),
(x)=>h["t"]("report.scan.sent",x.bare),
(x)=>h["t"]("report.scan.received",x.bare),
(x)=>h["t"]("tasks.clear.all",x.bare),
(x)=>h["t"]("tasks.clear.blank",x.bare),
(x)=>h["t"]("tasks.clear.by-province",x.bare),
(x)=>h["t"]("tasks.shows",x.bare),
(x)=>h["t"]("report.software.product",x.bare),
(x)=>h["t"]("report.software.weaknesses",x.bare),
(x)=>h["t"]("report.software.sure",x.bare),
(x)=>h["t"]("report.software.is-exploited",x.bare),
(x)=>h["t"]("report.software.due",x.bare),
(x)=>h["t"]("report.software.is-ransomware",x.bare),
(x)=>h["t"]("report.software.fixed-in",x.bare),
(x)=>h["t"]("report.software.feeds",x.bare),
(x)=>h["t"]("report.software.caption-named",x.bare),
(x)=>h["t"]("report.software.sure.named",x.bare),
(x)=>h["t"]("report.software.caption-ended",x.bare),
(x)=>h["t"]("report.software.line",x.bare),
(x)=>h["t"]("report.software.last-day",x.bare),
(x)=>h["t"]("report.software.silent",x.bare),
(x)=>h["t"]("report.software.caption",x.bare),
(x)=>h["t"]("report.software.version",x.bare),
(x)=>h["t"]("report.software.told",x.bare),
(x)=>h["t"]("report.software.no-version",x.bare),
(x)=>h["t"]("report.software.package",x.bare),
(x)=>h["t"]("report.software.conflicts",x.bare),
(x)=>h["t"]("report.levels.share",x.bare),
(x)=>h["t"]("report.levels.systems",x.bare),
(x)=>h["t"]("report.systems.obligations",x.bare),
(x)=>h["t"]("report.systems.level",x.bare),
(x)=>h["t"]("report.systems.no-level",x.bare),
(x)=>h["t"]("report.deadlines.undated",x.bare),
(x)=>h["t"]("report.deadlines.periodic",x.bare),
(x)=>h["t"]("report.deadlines.convention",x.bare),
(x)=>h["t"]("report.tls.sni",x.bare),
(x)=>h["t"]("report.tls.protocols",x.bare),
(x)=>h["t"]("report.tls.protocol",x.bare),
(x)=>h["t"]("report.tls.state",x.bare),
(x)=>h["t"]("report.tls.suites",x.bare),
(x)=>h["t"]("report.tls.incomplete",x.bare),
(x)=>h["t"]("report.tls.no-certificate",x.bare),
(x)=>h["t"]("report.tls.issuer-certificate",x.bare),
(x)=>h["t"]("report.tls.leaf",x.bare),
(x)=>h["t"]("report.tls.issuer",x.bare),
(x)=>h["t"]("report.tls.validity",x.bare),
(x)=>h["t"]("report.tls.key",x.bare),
(x)=>h["t"]("report.tls.names",x.bare),
(x)=>h["t"]("report.tls.fingerprint",x.bare),
(x)=>h["t"]("report.tls.disagrees",x.bare),
(x)=>h["t"]("report.tls.agrees",x.bare),
(x)=>h["t"]("life.scales",x.bare),
(x)=>h["t"]("life.axis",x.bare),
(x)=>h["t"]("life.legend.unseen",x.bare),
(x)=>h["t"]("life.legend.fresh",x.bare),
(x)=>h["t"]("life.legend.reading",x.bare),
(x)=>h["t"]("life.legend.low",x.bare),
(x)=>h["t"]("life.legend.checks",x.bare),
(x)=>h["t"]("life.legend.data",x.bare),
(x)=>h["t"]("life.table",x.bare),
(x)=>h["t"]("life.table-caption",x.bare),
(x)=>h["t"]("life.column.day",x.bare),
(x)=>h["t"]("report.unseen.none",x.bare),
(x)=>h["t"]("report.unseen.caption",x.bare),
(x)=>h["t"]("report.unseen.cause",x.bare),
(x)=>h["t"]("report.unseen.attempts",x.bare),
(x)=>h["t"]("report.unseen.findings",x.bare),
(x)=>h["t"]("report.unseen.where",x.bare),
(x)=>h["t"]("report.waived.title",x.bare),
(x)=>h["t"]("report.waived.lead",x.bare),
(x)=>h["t"]("report.waived.caption",x.bare),
(x)=>h["t"]("words.waived",x.bare)];
const say=(x,at)=>x.words[at]=escape(f[at](x));
const draw=(name)=>{if(!Object.hasOwn(t,name))throw new Error(`no template ${name}`);return t[name];};
const t={
"audit":(x,c)=>{let o="";
o+="<header class=\"hero\">\n<p class=\"eyebrow\">"+(x.words[0]??say(x,0))+"</p>\n<h1>"+(x.words[1]??say(x,1))+": <bdi lang=\""+escape(h["nameLang"](c["name"],x.bare))+"\">"+escape(h["name"](c["name"],x.bare))+"</bdi></h1>\n"+t["answer"](x,{"answer":c["answer"]})+"<p class=\"as-of\">"+(x.words[2]??say(x,2))+" <time datetime=\""+escape(strict(c,"asOf"))+"\">"+escape(h["instant"](c["asOf"],x.bare))+"</time>"+(x.words[3]??say(x,3))+" "+escape(h["t"]("report.matrix.systems",{hash:{"n":c["systems"]},data:x}))+"; "+t["coverage"](x,c["coverage"])+"</p>\n";
if(there(c["controls"])){o+=t["controls"](x,c["controls"]);
}
o+="\n<p class=\"lead\">"+(x.words[4]??say(x,4))+"</p>\n</header>\n\n<section aria-labelledby=\"cap-do\">\n<h2 id=\"cap-do\">"+(x.words[5]??say(x,5))+"</h2>\n";
if(there(c["told"])){o+="<p class=\"lead\">"+(x.words[7]??say(x,7))+"</p>\n<table class=\"data stack matrix grid\">\n<caption>"+(x.words[8]??say(x,8))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[9]??say(x,9))+"</th>";
const v0=items(c["grid"]["asked"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<th scope=\"col\" class=\"n\">";
if(there(v2)){o+=escape(h["t"]("audit.grid.asked",{hash:{"n":v2},data:x}));
}else{o+=(x.words[10]??say(x,10));
}
o+="</th>";
}
o+="<th scope=\"col\" class=\"n\">"+(x.words[11]??say(x,11))+"</th></tr></thead>\n<tbody>\n";
const v3=items(c["grid"]["rows"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<tr>\n<th scope=\"row\">";
if(there(v5["claimed"])){o+=escape(h["t"]("audit.grid.level",{hash:{"n":v5["claimed"]},data:x}));
}else{o+=(x.words[12]??say(x,12));
}
o+="</th>\n";
const v6=items(v5["cells"]);for(let v7=0;v7<v6.length;v7++){const v8=v6[v7];o+="<td class=\"n";
if(!there(v8["n"])){o+=" blank";
}
o+="\" data-label=\"";
if(there(v8["asked"])){o+=escape(h["t"]("audit.grid.asked",{hash:{"n":v8["asked"]},data:x}));
}else{o+=(x.words[10]??say(x,10));
}
o+="\">";
if(there(v8["n"])){o+="<span class=\"cell-count tone-"+escape(v8["tone"])+"\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-"+escape(v8["tone"])+"\"/></svg>"+escape(h["num"](v8["n"],x.bare))+"</span>";
}else{o+="<span class=\"none\">·</span>";
}
o+="</td>";
}
o+="\n<td class=\"n\" data-label=\""+(x.words[11]??say(x,11))+"\">"+escape(h["num"](v5["total"],x.bare))+"</td>\n</tr>\n";
}
o+="</tbody>\n</table>\n";
}else{o+="<p class=\"empty\">"+(x.words[6]??say(x,6))+"</p>\n";
}
o+="</section>\n\n<section aria-labelledby=\"lop\">\n<h2 id=\"lop\">"+(x.words[13]??say(x,13))+"</h2>\n";
if(there(c["told"])){o+="<p class=\"lead\">"+(x.words[14]??say(x,14))+"</p>\n<table class=\"data stack matrix standings\">\n<caption>"+(x.words[15]??say(x,15))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[16]??say(x,16))+"</th>";
const v9=items(c["layerWords"]);for(let v10=0;v10<v9.length;v10++){const v11=v9[v10];o+="<th scope=\"col\" class=\"n\">"+escape(h["say"](v11,x.bare))+"</th>";
}
o+="<th scope=\"col\">"+(x.words[17]??say(x,17))+"</th></tr></thead>\n<tbody>\n";
const v12=items(c["layers"]);for(let v13=0;v13<v12.length;v13++){const v14=v12[v13];o+="<tr>\n<th scope=\"row\"><span class=\"band-n\">"+escape(h["t"]("report.layers.n",{hash:{"n":v14["layer"]},data:x}))+"</span> "+escape(h["say"](v14["name"],x.bare))+"</th>\n";
const v15=items(v14["cells"]);for(let v16=0;v16<v15.length;v16++){const v17=v15[v16];o+="<td class=\"n\" data-label=\""+escape(h["say"](v17["word"],x.bare))+"\">";
if(there(v17["n"])){o+="<span class=\"cell-count tone-"+escape(v17["tone"])+"\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-"+escape(v17["tone"])+"\"/></svg>"+escape(h["num"](v17["n"],x.bare))+"</span>";
}else{o+="<span class=\"none\">0</span>";
}
o+="</td>";
}
o+="\n<td data-label=\""+(x.words[17]??say(x,17))+"\">"+t["coverage-cell"](x,v14["coverage"])+"</td>\n</tr>\n";
}
o+="</tbody>\n</table>\n";
}else{o+="<p class=\"empty\">"+(x.words[6]??say(x,6))+"</p>\n";
}
o+="</section>\n\n<section aria-labelledby=\"doi-chieu\">\n<h2 id=\"doi-chieu\">"+(x.words[18]??say(x,18))+"</h2>\n<p class=\"lead\">"+(x.words[19]??say(x,19))+"</p>\n"+t["filter"](x,c["filters"]["rows"])+"";
const v18=items(c["groups"]);for(let v19=0;v19<v18.length;v19++){const v20=v18[v19];o+="<details class=\"group\"";
if(there(v20["open"])){o+=" open";
}
o+=">\n<summary><span id=\""+escape(v20["anchor"])+"\" class=\"marked tone-"+escape(v20["mark"])+"\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-"+escape(v20["mark"])+"\"/></svg>"+escape(h["say"](v20["word"],x.bare))+"</span> <span class=\"quiet\">"+escape(h["t"]("report.matrix.systems",{hash:{"n":v20["rows"]["length"]},data:x}))+"</span></summary>\n<table class=\"data stack audit filtered\">\n<caption class=\"unshown\">"+escape(h["say"](v20["word"],x.bare))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[20]??say(x,20))+"</th><th scope=\"col\">"+(x.words[21]??say(x,21))+"</th><th scope=\"col\">"+(x.words[22]??say(x,22))+"</th><th scope=\"col\">"+(x.words[23]??say(x,23))+"</th><th scope=\"col\">"+(x.words[24]??say(x,24))+"</th><th scope=\"col\">"+(x.words[17]??say(x,17))+"</th></tr></thead>\n<tbody>\n";
const v21=items(v20["rows"]);for(let v22=0;v22<v21.length;v22++){const v23=v21[v22];o+="<tr data-o=\""+escape(v23["filter"]["owner"])+"\" data-l=\""+escape(v23["filter"]["level"])+"\" data-w=\""+escape(v23["filter"]["layers"])+"\" data-s=\""+escape(v23["filter"]["weights"])+"\" data-v=\""+escape(v23["agreement"])+"\">\n<th scope=\"row\">"+t["to"](x,{"ref":v23["ref"],"name":v23["name"]})+"<span class=\"under\">"+t["name"](x,{"name":v23["owner"]})+"</span>";
if(there(h["reaches"](v23["chain"],x.bare))){o+="<a class=\"under\" href=\""+escape(h["link"](v23["chain"],x.bare))+"\">"+(x.words[25]??say(x,25))+"</a>";
}
o+="</th>\n<td data-label=\""+(x.words[21]??say(x,21))+"\">";
if(there(v23["claimed"])){o+=escape(h["num"](v23["claimed"],x.bare));
}else{o+="<span class=\"none\">"+(x.words[12]??say(x,12))+"</span>";
}
o+="</td>\n<td data-label=\""+(x.words[22]??say(x,22))+"\">";
if(there(v23["level"])){o+=t["mark"](x,v23["level"]);
}
if(there(v23["asked"])){o+="<span class=\"under\">";
if(there(v23["asked"]["level"])){o+=escape(h["t"]("audit.grid.level",{hash:{"n":v23["asked"]["level"]},data:x}))+(x.words[3]??say(x,3))+" <bdi lang=\"vi\">"+escape(h["show"](v23["asked"]["article"],x.bare))+"</bdi> "+escape(h["say"](v23["asked"]["regime"],x.bare));
}else{o+=(x.words[26]??say(x,26));
}
if(there(v23["asked"]["undecided"])){o+="; "+escape(h["t"]("audit.rows.undecided",{hash:{"n":v23["asked"]["undecided"]},data:x}));
}
o+="</span>";
}
o+="</td>\n<td data-label=\""+(x.words[23]??say(x,23))+"\">"+escape(h["say"](v23["dossier"],x.bare));
if(there(v23["decision"])){o+="<span class=\"under\">"+t["document"](x,v23["decision"])+"</span>";
}
if(there(v23["defects"])){o+="<span class=\"under tone-not-met\">"+escape(h["t"]("audit.rows.defects",{hash:{"n":v23["defects"]},data:x}))+"</span>";
}
if(there(v23["questions"])){o+="<span class=\"under\">"+escape(h["t"]("audit.rows.questions",{hash:{"n":v23["questions"]},data:x}))+"</span>";
}
o+="</td>\n<td data-label=\""+(x.words[24]??say(x,24))+"\"><span class=\"layer-marks\">";
const v24=items(v23["layers"]);for(let v25=0;v25<v24.length;v25++){const v26=v24[v25];if(there(v26)){o+=t["mark-only"](x,v26);
}else{o+="<span class=\"none\">·</span>";
}
}
o+="</span></td>\n<td data-label=\""+(x.words[17]??say(x,17))+"\">"+t["coverage-cell"](x,v23["coverage"])+"</td>\n</tr>\n";
}
o+="</tbody>\n</table>\n</details>\n";
}
o+="</section>\n\n<section aria-labelledby=\"ho-so\">\n<h2 id=\"ho-so\">"+(x.words[27]??say(x,27))+"</h2>\n";
if(there(c["told"])){o+="";
if(there(c["defects"])){o+="<p class=\"lead\">"+escape(h["t"]("audit.defects.lead",{hash:{"n":c["defects"]["length"]},data:x}))+"</p>\n"+t["filter"](x,c["filters"]["defects"])+"<table class=\"data stack filtered\">\n<caption>"+(x.words[29]??say(x,29))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[30]??say(x,30))+"</th><th scope=\"col\">"+(x.words[31]??say(x,31))+"</th><th scope=\"col\">"+(x.words[20]??say(x,20))+"</th><th scope=\"col\">"+(x.words[32]??say(x,32))+"</th></tr></thead>\n<tbody>\n";
const v27=items(c["defects"]);for(let v28=0;v28<v27.length;v28++){const v29=v27[v28];o+="<tr data-s=\""+escape(v29["grade"])+"\">\n<th scope=\"row\"><bdi>"+escape(h["say"](v29["what"],x.bare))+"</bdi></th>\n<td data-label=\""+(x.words[31]??say(x,31))+"\">"+escape(h["say"](v29["weight"],x.bare))+"</td>\n<td data-label=\""+(x.words[20]??say(x,20))+"\">"+t["to"](x,{"ref":v29["ref"],"name":v29["name"]})+"</td>\n<td data-label=\""+(x.words[32]??say(x,32))+"\">";
if(there(v29["article"])){o+="<bdi lang=\"vi\">"+escape(h["show"](v29["article"],x.bare))+"</bdi>";
}else{o+="<span class=\"none\">–</span>";
}
o+="</td>\n</tr>\n";
}
o+="</tbody>\n</table>\n";
}else{o+="<p class=\"empty\">"+(x.words[28]??say(x,28))+"</p>\n";
}
o+="";
}else{o+="<p class=\"empty\">"+(x.words[6]??say(x,6))+"</p>\n";
}
o+="</section>\n\n<section aria-labelledby=\"cau-hoi\">\n<h2 id=\"cau-hoi\">"+(x.words[33]??say(x,33))+"</h2>\n";
if(there(c["told"])){o+="";
if(there(c["questions"])){o+="<p class=\"lead\">"+(x.words[35]??say(x,35))+"</p>\n"+t["filter"](x,c["filters"]["questions"])+"<table class=\"data stack filtered\">\n<caption>"+(x.words[36]??say(x,36))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[37]??say(x,37))+"</th><th scope=\"col\">"+(x.words[20]??say(x,20))+"</th><th scope=\"col\">"+(x.words[38]??say(x,38))+"</th></tr></thead>\n<tbody>\n";
const v30=items(c["questions"]);for(let v31=0;v31<v30.length;v31++){const v32=v30[v31];o+="<tr>\n<th scope=\"row\"><bdi>"+escape(h["say"](v32["what"],x.bare))+"</bdi></th>\n<td data-label=\""+(x.words[20]??say(x,20))+"\">"+t["to"](x,{"ref":v32["ref"],"name":v32["name"]})+"</td>\n<td data-label=\""+(x.words[38]??say(x,38))+"\"><bdi class=\"target\">"+escape(h["show"](v32["target"],{hash:{"max":120},data:x}))+"</bdi><span class=\"under\"><q><bdi>"+escape(h["show"](v32["quote"],{hash:{"max":160},data:x}))+"</bdi></q></span><span class=\"under\"><time datetime=\""+escape(v32["at"])+"\">"+escape(h["instant"](v32["at"],x.bare))+"</time></span></td>\n</tr>\n";
}
o+="</tbody>\n</table>\n";
}else{o+="<p class=\"empty\">"+(x.words[34]??say(x,34))+"</p>\n";
}
o+="";
}else{o+="<p class=\"empty\">"+(x.words[6]??say(x,6))+"</p>\n";
}
o+="</section>\n\n<section aria-labelledby=\"van-ban\">\n<h2 id=\"van-ban\">"+(x.words[39]??say(x,39))+"</h2>\n<p class=\"lead\">"+(x.words[40]??say(x,40))+"</p>\n"+t["laws"](x,{"laws":c["laws"]})+"</section>\n\n<section aria-labelledby=\"kiem-chung\">\n<h2 id=\"kiem-chung\">"+(x.words[41]??say(x,41))+"</h2>\n<p class=\"lead\">"+(x.words[42]??say(x,42))+"</p>\n"+t["scan"](x,c["scan"])+"</section>";
return o;},
"chain":(x,c)=>{let o="";
o+="<header class=\"hero\">\n<p class=\"eyebrow\">"+(x.words[43]??say(x,43))+"</p>\n<h1><bdi lang=\""+escape(h["nameLang"](c["name"],x.bare))+"\">"+escape(h["name"](c["name"],x.bare))+"</bdi></h1>\n<p class=\"as-of\">"+t["name"](x,{"name":c["owner"]})+". "+(x.words[2]??say(x,2))+" <time datetime=\""+escape(strict(c,"asOf"))+"\">"+escape(h["instant"](c["asOf"],x.bare))+"</time>. <a href=\""+escape(h["link"](c["system"],x.bare))+"\">"+(x.words[44]??say(x,44))+"</a></p>\n"+t["counts"](x,{"counts":c["counts"]})+"</header>\n\n<section aria-labelledby=\"lop\">\n<h2 id=\"lop\">"+(x.words[45]??say(x,45))+"</h2>\n<table class=\"data stack claims\">\n<caption>"+(x.words[46]??say(x,46))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[16]??say(x,16))+"</th><th scope=\"col\">"+(x.words[47]??say(x,47))+"</th><th scope=\"col\">"+(x.words[48]??say(x,48))+"</th></tr></thead>\n<tbody>\n";
const v0=items(c["layers"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<tr>\n<th scope=\"row\"><span class=\"band-n\">"+escape(h["t"]("report.layers.n",{hash:{"n":v2["layer"]},data:x}))+"</span> "+escape(h["say"](v2["name"],x.bare))+"</th>\n<td data-label=\""+(x.words[47]??say(x,47))+"\">"+escape(h["say"](v2["claim"]["said"],x.bare));
if(there(v2["claim"]["document"])){o+="<span class=\"under\">"+t["document"](x,v2["claim"]["document"])+"</span>";
}else{if(there(v2["claim"]["on"])){o+="<span class=\"under\">"+(x.words[49]??say(x,49))+" "+escape(h["day"](v2["claim"]["on"],x.bare))+"</span>";
}
}
if(there(v2["claim"]["until"])){o+="<span class=\"under\">"+(x.words[50]??say(x,50))+" "+escape(h["day"](v2["claim"]["until"],x.bare))+"</span>";
}
o+="</td>\n<td data-label=\""+(x.words[48]??say(x,48))+"\">";
if(there(v2["status"])){o+=t["mark"](x,v2["status"]["mark"]);
const v3=items(v2["status"]["because"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<span class=\"under\">"+escape(h["say"](v5,x.bare))+"</span>";
}
}else{if(there(v2["evidence"]["mark"])){o+=t["mark"](x,v2["evidence"]["mark"]);
}else{o+="<span class=\"none\">"+(x.words[51]??say(x,51))+"</span>";
}
}
if(there(v2["evidence"]["at"])){o+="<span class=\"under\">"+(x.words[52]??say(x,52))+" <time datetime=\""+escape(v2["evidence"]["at"])+"\">"+escape(h["instant"](v2["evidence"]["at"],x.bare))+"</time></span>";
}
o+="</td>\n</tr>\n";
}
o+="</tbody>\n</table>\n</section>\n\n<section aria-labelledby=\"chuoi\">\n<h2 id=\"chuoi\">"+(x.words[53]??say(x,53))+"</h2>\n";
if(there(c["rows"])){o+="<p class=\"lead\">"+(x.words[55]??say(x,55))+"</p>\n"+t["filter"](x,c["filter"])+"<table class=\"data stack chain-rows filtered\">\n<caption>"+(x.words[56]??say(x,56))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[57]??say(x,57))+"</th><th scope=\"col\">"+(x.words[47]??say(x,47))+"</th><th scope=\"col\">"+(x.words[58]??say(x,58))+"</th><th scope=\"col\">"+(x.words[48]??say(x,48))+"</th></tr></thead>\n<tbody>\n";
const v6=items(c["rows"]);for(let v7=0;v7<v6.length;v7++){const v8=v6[v7];o+="<tr data-v=\""+escape(v8["verdict"])+"\" data-l=\""+escape(v8["layer"])+"\">\n<th scope=\"row\">"+escape(h["text"](v8["title"],x.bare))+"<span class=\"under\"><bdi lang=\"vi\">"+escape(h["show"](v8["instrument"],x.bare))+"</bdi>";
if(there(v8["clause"])){o+=", <bdi lang=\"vi\">"+escape(h["show"](v8["clause"],x.bare))+"</bdi>";
}
o+=". "+escape(h["say"](v8["certainty"],x.bare))+"</span>";
if(!there(v8["binding"])){o+="<span class=\"under\">"+(x.words[59]??say(x,59))+"</span>";
}
o+="</th>\n<td data-label=\""+(x.words[47]??say(x,47))+"\">"+escape(h["say"](v8["claim"]["said"],x.bare));
if(there(v8["claim"]["document"])){o+="<span class=\"under\"><bdi lang=\"vi\">"+escape(h["show"](v8["claim"]["document"],x.bare))+"</bdi></span>";
}
if(there(v8["claim"]["on"])){o+="<span class=\"under\">"+(x.words[49]??say(x,49))+" "+escape(h["day"](v8["claim"]["on"],x.bare))+"</span>";
}
if(there(v8["claim"]["until"])){o+="<span class=\"under\">"+(x.words[50]??say(x,50))+" "+escape(h["day"](v8["claim"]["until"],x.bare))+"</span>";
}
o+="</td>\n<td data-label=\""+(x.words[58]??say(x,58))+"\">";
if(there(v8["cited"])){if(there(v8["evidenceAt"])){o+="<time datetime=\""+escape(v8["evidenceAt"])+"\">"+escape(h["instant"](v8["evidenceAt"],x.bare))+"</time>";
}
o+="<details><summary>"+escape(h["t"]("shell.chain.grounds",{hash:{"n":v8["cited"]["length"]},data:x}))+"</summary><ul class=\"links\">";
const v9=items(v8["cited"]);for(let v10=0;v10<v9.length;v10++){const v11=v9[v10];o+="<li>"+t["mark-only"](x,v11["mark"])+" <a href=\"#"+escape(v11["anchor"])+"\">"+escape(h["text"](v11["title"],x.bare))+"</a></li>";
}
o+="</ul></details>";
}else{o+="<span class=\"none\">";
if(there(v8["manual"])){o+=escape(h["text"](v8["manual"],x.bare));
}else{o+=(x.words[60]??say(x,60));
}
o+="</span>";
}
if(there(v8["coverage"]["needed"])){o+="<span class=\"under\">"+t["coverage"](x,v8["coverage"])+"</span>";
}
o+="</td>\n<td data-label=\""+(x.words[48]??say(x,48))+"\">"+t["mark"](x,v8["mark"]);
if(there(v8["because"])){o+="<span class=\"under\">"+escape(h["say"](v8["because"],x.bare))+"</span>";
}
o+="</td>\n</tr>\n";
}
o+="</tbody>\n</table>\n";
}else{o+="<p class=\"empty\">"+(x.words[54]??say(x,54))+"</p>\n";
}
o+="</section>\n\n<section aria-labelledby=\"bang-chung\">\n<h2 id=\"bang-chung\">"+(x.words[61]??say(x,61))+"</h2>\n";
if(there(c["proofs"])){o+="<p class=\"lead\">"+(x.words[62]??say(x,62))+"</p>\n"+t["filter"](x,c["proofFilter"])+"<table class=\"data stack proofs filtered\">\n<caption>"+(x.words[63]??say(x,63))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[64]??say(x,64))+"</th><th scope=\"col\">"+(x.words[65]??say(x,65))+"</th><th scope=\"col\">"+(x.words[66]??say(x,66))+"</th></tr></thead>\n<tbody>\n";
const v12=items(c["proofs"]);for(let v13=0;v13<v12.length;v13++){const v14=v12[v13];o+="<tr id=\""+escape(v14["anchor"])+"\" data-v=\""+escape(v14["outcome"])+"\">\n<th scope=\"row\"><a href=\""+escape(h["link"](v14["ref"],x.bare))+"\">"+escape(h["text"](v14["check"]["title"],x.bare))+"</a><span class=\"under\"><code>"+escape(h["show"](v14["check"]["id"],x.bare))+"</code>";
if(there(v14["check"]["since"])){o+=" <bdi>"+escape(h["t"]("shell.chain.since",{hash:{"version":v14["check"]["since"]},data:x}))+"</bdi>";
}
o+="</span>";
if(there(v14["check"]["hash"])){o+="<code class=\"hash\">"+escape(v14["check"]["hash"])+"</code>";
}
o+="</th>\n<td data-label=\""+(x.words[65]??say(x,65))+"\">"+t["mark"](x,v14["mark"])+"<span class=\"under\"><bdi class=\"target\">"+escape(h["show"](v14["target"],{hash:{"max":120},data:x}))+"</bdi>, <time datetime=\""+escape(v14["at"])+"\">"+escape(h["instant"](v14["at"],x.bare))+"</time></span>";
if(there(v14["cause"])){o+="<span class=\"under\">"+escape(h["say"](v14["cause"],x.bare))+"</span>";
}
const v15=items(v14["evidence"]);for(let v16=0;v16<v15.length;v16++){const v17=v15[v16];const v18=items(v17["seen"]);for(let v19=0;v19<v18.length;v19++){const v20=v18[v19];o+="<span class=\"under\"><code>"+escape(h["show"](v20["at"],{hash:{"max":120},data:x}))+"</code> <code><bdi>"+escape(h["show"](v20["saw"],{hash:{"max":120},data:x}))+"</bdi></code></span>";
}
}
if(there(v14["more"])){o+="<span class=\"under\">"+escape(h["t"]("report.findings.more",{hash:{"n":v14["more"]},data:x}))+"</span>";
}
o+="<span class=\"under\">"+(x.words[67]??say(x,67))+"</span><code class=\"hash\">"+escape(v14["hash"])+"</code></td>\n<td data-label=\""+(x.words[66]??say(x,66))+"\">";
const v21=items(v14["records"]);if(v21.length>0){for(let v22=0;v22<v21.length;v22++){const v23=v21[v22];o+="<div>"+escape(h["say"](v23["kind"],x.bare))+", <bdi>"+escape(h["show"](v23["probe"],x.bare))+"</bdi>, <bdi>"+escape(h["show"](v23["zone"],x.bare))+"</bdi>, <time datetime=\""+escape(v23["at"])+"\">"+escape(h["instant"](v23["at"],x.bare))+"</time><code class=\"hash\">"+escape(v23["hash"])+"</code></div>";
}}else{o+="<span class=\"none\">"+(x.words[68]??say(x,68))+"</span>";
}
o+="</td>\n</tr>\n";
}
o+="</tbody>\n</table>\n";
}else{o+="<p class=\"empty\">"+(x.words[60]??say(x,60))+"</p>\n";
}
o+="</section>\n\n<section aria-labelledby=\"can-cu\">\n<h2 id=\"can-cu\">"+(x.words[69]??say(x,69))+"</h2>\n<p class=\"lead\">"+(x.words[70]??say(x,70))+"</p>\n<dl class=\"facts\">\n<div><dt>"+(x.words[71]??say(x,71))+"</dt><dd><code>"+escape(h["show"](c["run"],x.bare))+"</code></dd></div>\n<div><dt>"+(x.words[72]??say(x,72))+"</dt><dd class=\"hashes\"><p>"+(x.words[73]??say(x,73))+"<br><code>"+escape(h["show"](c["hashes"]["inventory"],x.bare))+"</code></p><p>"+(x.words[74]??say(x,74))+"<br><code>"+escape(h["show"](c["hashes"]["checks"],x.bare))+"</code></p><p>"+(x.words[75]??say(x,75))+"<br><code>"+escape(h["show"](c["hashes"]["frameworks"],x.bare))+"</code></p></dd></div>\n</dl>\n<p><a href=\""+escape(h["link"](c["laws"],x.bare))+"\">"+(x.words[76]??say(x,76))+"</a></p>\n</section>";
return o;},
"form":(x,c)=>{let o="";
o+="<!doctype html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\""+escape(strict(c,"policy"))+"\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"+escape(strict(c,"subject"))+" – "+escape(strict(c,"organisation"))+"</title>\n<style>/*style*/</style>\n</head>\n<body>\n<section class=\"cover\" lang=\""+escape(strict(c,"lang"))+"\">\n<h1>"+escape(strict(c["cover"],"title"))+"</h1>\n<p class=\"under\">"+escape(strict(c["cover"],"under"))+"</p>\n<ul>";
const v0=items(c["cover"]["facts"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<li>"+escape(v2)+"</li>";
}
o+="</ul>\n<h2>"+escape(strict(c["cover"],"defectsTitle"))+"</h2>\n";
if(there(c["cover"]["any"])){o+="<table>\n<thead><tr><th scope=\"col\">"+escape(strict(c["cover"],"number"))+"</th><th scope=\"col\">"+escape(strict(c["cover"],"about"))+"</th><th scope=\"col\">"+escape(strict(c["cover"],"what"))+"</th></tr></thead>\n<tbody>";
const v3=items(c["cover"]["defects"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<tr><td class=\"centre\">"+escape(strict(v5,"n"))+"</td><td lang=\"vi\">"+escape(strict(v5,"about"))+"</td><td>"+escape(strict(v5,"text"))+"</td></tr>";
}
o+="</tbody>\n</table>\n";
}
o+="<h2>"+escape(strict(c["cover"],"notesTitle"))+"</h2>\n<ul>";
const v6=items(c["cover"]["notes"]);for(let v7=0;v7<v6.length;v7++){const v8=v6[v7];o+="<li>"+escape(v8)+"</li>";
}
o+="</ul>\n</section>\n<main class=\"paper\">\n<header class=\"head\">\n<div class=\"from\">\n";
if(there(c["parent"])){o+="<p>"+escape(strict(c,"parent"))+"</p>";
}
o+="\n<p class=\"strong ruled-short\">"+escape(strict(c,"organisation"))+"</p>\n<p class=\"number\">"+escape(strict(c,"number"))+"</p>\n";
if(!there(c["title"])){o+="<p class=\"about\">"+escape(strict(c,"subject"))+"</p>";
}
o+="\n";
const v9=items(c["marks"]);for(let v10=0;v10<v9.length;v10++){const v11=v9[v10];o+="<p class=\"mark\">"+escape(v11)+"</p>";
}
o+="\n</div>\n<div class=\"nation\">\n<p class=\"strong\">"+escape(strict(c,"nation"))+"</p>\n<p class=\"strong motto\"><span>"+escape(strict(c,"motto"))+"</span></p>\n<p class=\"place\">"+escape(strict(c,"placeDate"))+"</p>\n</div>\n</header>\n";
if(there(c["title"])){o+="<h1 class=\"title\">"+escape(strict(c,"title"))+"</h1><p class=\"subject ruled-short\">"+escape(strict(c,"subject"))+"</p>";
}
o+="\n";
if(there(c["to"])){o+="<p class=\"to\">"+escape(strict(c,"to"))+"</p>";
}
o+="\n";
const v12=items(c["body"]);for(let v13=0;v13<v12.length;v13++){const v14=v12[v13];o+=t["form-piece"](x,v14);
}
o+="\n<footer class=\"foot\">\n<div class=\"recipients\"><p>"+(x.words[77]??say(x,77))+"</p>";
const v15=items(c["recipients"]);for(let v16=0;v16<v15.length;v16++){const v17=v15[v16];o+="<p>"+escape(v17)+"</p>";
}
o+="</div>\n<div class=\"signature\">";
const v18=items(c["signature"]);for(let v19=0;v19<v18.length;v19++){const v20=v18[v19];o+="<p>"+escape(v20)+"</p>";
}
o+="</div>\n</footer>\n</main>\n";
const v21=items(c["annexes"]);for(let v22=0;v22<v21.length;v22++){const v23=v21[v22];o+="<section class=\"paper annex";
if(there(v23["landscape"])){o+=" landscape";
}
o+="\">\n<h2 class=\"annex-label\">"+escape(strict(v23,"label"))+"</h2>\n<p class=\"annex-name\">"+escape(strict(v23,"name"))+"</p>\n<p class=\"annex-of\">"+escape(strict(v23,"of"))+"</p>\n";
const v24=items(v23["body"]);for(let v25=0;v25<v24.length;v25++){const v26=v24[v25];o+=t["form-piece"](x,v26);
}
o+="\n</section>\n";
}
o+="</body>\n</html>";
return o;},
"guide":(x,c)=>{let o="";
o+="<header class=\"hero\">\n<p class=\"eyebrow\">"+(x.words[78]??say(x,78))+"</p>\n<h1>"+(x.words[79]??say(x,79))+"</h1>\n<p class=\"answer\">"+(x.words[80]??say(x,80))+"</p>\n</header>\n<section aria-labelledby=\"doc-nhanh\"><h2 id=\"doc-nhanh\">"+(x.words[81]??say(x,81))+"</h2><ul class=\"notes\">";
const v0=items(c["minute"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<li>"+escape(h["say"](v2,x.bare))+"</li>";
}
o+="</ul></section>\n<section aria-labelledby=\"ket-qua\"><h2 id=\"ket-qua\">"+(x.words[82]??say(x,82))+"</h2><p class=\"lead\">"+(x.words[83]??say(x,83))+"</p>"+t["meanings"](x,{"items":c["outcomes"]})+"</section>\n<section aria-labelledby=\"ket-luan\"><h2 id=\"ket-luan\">"+(x.words[84]??say(x,84))+"</h2><p class=\"lead\">"+(x.words[85]??say(x,85))+"</p>"+t["meanings"](x,{"items":c["verdicts"]})+t["meanings"](x,{"items":c["waived"]})+"</section>\n<section aria-labelledby=\"do-phu\"><h2 id=\"do-phu\">"+(x.words[86]??say(x,86))+"</h2><p>"+(x.words[87]??say(x,87))+"</p><p>"+(x.words[88]??say(x,88))+"</p></section>\n<section aria-labelledby=\"ngay\"><h2 id=\"ngay\">"+(x.words[89]??say(x,89))+"</h2><ul class=\"notes\">";
const v3=items(c["days"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<li>"+escape(h["say"](v5,x.bare))+"</li>";
}
o+="</ul></section>\n<section aria-labelledby=\"gioi-han\"><h2 id=\"gioi-han\">"+(x.words[90]??say(x,90))+"</h2><ul class=\"notes\">";
const v6=items(c["limits"]);for(let v7=0;v7<v6.length;v7++){const v8=v6[v7];o+="<li>"+escape(h["say"](v8,x.bare))+"</li>";
}
o+="</ul></section>\n<section aria-labelledby=\"bon-lop\"><h2 id=\"bon-lop\">"+(x.words[91]??say(x,91))+"</h2><p class=\"lead\">"+(x.words[92]??say(x,92))+"</p>"+t["words"](x,{"items":c["layers"]})+t["meanings"](x,{"items":c["standings"]})+"</section>\n<section aria-labelledby=\"cap-do\"><h2 id=\"cap-do\">"+(x.words[93]??say(x,93))+"</h2><p class=\"lead\">"+(x.words[94]??say(x,94))+"</p>"+t["words"](x,{"items":c["levels"]})+t["words"](x,{"items":c["dossiers"]})+"</section>\n<section aria-labelledby=\"muc-do\"><h2 id=\"muc-do\">"+(x.words[95]??say(x,95))+"</h2>"+t["words"](x,{"items":c["severities"]})+"</section>\n<section aria-labelledby=\"nguyen-nhan\"><h2 id=\"nguyen-nhan\">"+(x.words[96]??say(x,96))+"</h2><p class=\"lead\">"+(x.words[97]??say(x,97))+"</p>"+t["words"](x,{"items":c["failures"]})+"</section>\n<section aria-labelledby=\"can-cu\"><h2 id=\"can-cu\">"+(x.words[98]??say(x,98))+"</h2><p class=\"lead\">"+(x.words[99]??say(x,99))+"</p>"+t["words"](x,{"items":c["certainties"]})+"</section>\n<section aria-labelledby=\"thuat-ngu\"><h2 id=\"thuat-ngu\">"+(x.words[100]??say(x,100))+"</h2><p class=\"lead\">"+(x.words[101]??say(x,101))+"</p>"+t["words"](x,{"items":c["terms"]})+"</section>";
return o;},
"layout":(x,c)=>{let o="";
o+="<!DOCTYPE html>\n<html lang=\""+escape(strict(c,"lang"))+"\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\""+escape(strict(c,"policy"))+"\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>";
if(there(c["subject"])){o+=escape(h["name"](c["subject"],x.bare))+" – ";
}
o+=escape(h["say"](c["title"],x.bare))+"</title>\n<link rel=\"stylesheet\" href=\""+escape(h["root"](x.bare))+"assets/rasoat.css\">\n<style>"+t["running-head"](x,c)+"</style>\n<script src=\""+escape(h["root"](x.bare))+"assets/index.js\" defer></script>\n<script src=\""+escape(h["root"](x.bare))+"assets/rasoat.js\" defer></script>\n</head>\n<body>\n"+t["sprite"](x,undefined)+"<a class=\"skip\" href=\"#noi-dung\">"+(x.words[102]??say(x,102))+"</a>\n<header class=\"top\">\n<div class=\"top-in\">\n<p class=\"brand\"><a href=\""+escape(h["link"](c["home"],x.bare))+"\"><strong>"+(x.words[103]??say(x,103))+"</strong></a> <span class=\"brand-of\">"+(x.words[104]??say(x,104))+"</span></p>\n"+t["find"](x,{"systems":c["systemPages"]})+"<p class=\"how\"><a href=\""+escape(h["link"](c["guide"],x.bare))+"\">"+(x.words[105]??say(x,105))+"</a></p>\n<p class=\"internal\">"+(x.words[106]??say(x,106))+"</p>\n<p class=\"language\"><a href=\""+escape(h["twin"](c["other"],c["ref"],x.bare))+"\" hreflang=\""+escape(strict(c,"other"))+"\" lang=\""+escape(strict(c,"other"))+"\">"+(x.words[107]??say(x,107))+"</a></p>\n</div>\n</header>\n";
if(there(c["travelling"])){o+="<p class=\"travels\"><span>"+(x.words[108]??say(x,108))+"</span></p>";
}
if(there(c["provinceOnly"])){o+="<p class=\"travels\"><span>"+(x.words[109]??say(x,109))+"</span></p>";
}
o+="\n";
if(there(c["pruned"])){o+="<p class=\"travels\"><span>"+escape(h["t"]("retention.page",{hash:{"day":c["pruned"]["day"],"months":c["pruned"]["months"]},data:x}))+"</span></p>";
}
o+="\n<div class=\"frame\">\n";
if(there(c["trail"])){o+="<nav class=\"trail\" aria-label=\""+(x.words[110]??say(x,110))+"\">\n<ol>\n";
const v0=items(c["trail"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<li><a href=\""+escape(h["link"](v2["ref"],x.bare))+"\"><bdi lang=\""+escape(h["nameLang"](v2["name"],x.bare))+"\">"+escape(h["name"](v2["name"],x.bare))+"</bdi></a></li>\n";
}
o+="</ol>\n</nav>\n";
}
o+="<nav class=\"contents\" aria-label=\""+(x.words[111]??say(x,111))+"\">\n<p class=\"contents-head\" aria-hidden=\"true\">"+(x.words[111]??say(x,111))+"</p>\n<ul>\n";
const v3=items(c["contents"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<li><a href=\"#"+escape(v5["hash"])+"\">"+escape(h["say"](v5["label"],x.bare))+"</a></li>\n";
}
o+="</ul>\n<p class=\"language beside\"><a href=\""+escape(h["twin"](c["other"],c["ref"],x.bare))+"\" hreflang=\""+escape(strict(c,"other"))+"\" lang=\""+escape(strict(c,"other"))+"\">"+(x.words[107]??say(x,107))+"</a></p>\n</nav>\n<main id=\"noi-dung\" tabindex=\"-1\">\n"+draw(lookup(c,"template"))(x,c["view"])+"</main>\n</div>\n<footer class=\"foot\">\n<div class=\"foot-in\">\n<p>"+(x.words[112]??say(x,112))+" <time datetime=\""+escape(strict(c,"asOf"))+"\">"+escape(h["instant"](c["asOf"],x.bare))+"</time> "+(x.words[113]??say(x,113))+"</p>\n<p>";
if(there(c["audit"])){o+="<a href=\""+escape(h["link"](c["audit"],x.bare))+"\">"+(x.words[114]??say(x,114))+"</a> · ";
}
o+="<a href=\""+escape(h["link"](c["guide"],x.bare))+"\">"+(x.words[105]??say(x,105))+"</a> · <a href=\""+escape(h["link"](c["words"],x.bare))+"\">"+(x.words[115]??say(x,115))+"</a></p>\n</div>\n</footer>\n</body>\n</html>";
return o;},
"organisation":(x,c)=>{let o="";
o+="<header class=\"hero\">\n<p class=\"eyebrow\">";
if(there(c["kind"])){o+=escape(h["say"](c["kind"],x.bare));
}else{o+=(x.words[116]??say(x,116));
}
if(there(c["parent"])){o+=" · "+t["name"](x,{"name":c["parent"]});
}
o+="</p>\n<h1><bdi lang=\""+escape(h["nameLang"](c["name"],x.bare))+"\">"+escape(h["name"](c["name"],x.bare))+"</bdi></h1>\n";
if(there(c["answer"])){o+=""+t["answer"](x,{"answer":c["answer"]})+"<p class=\"as-of\">"+(x.words[2]??say(x,2))+" <time datetime=\""+escape(strict(c,"asOf"))+"\">"+escape(h["instant"](c["asOf"],x.bare))+"</time>"+(x.words[3]??say(x,3))+" "+t["coverage"](x,c["coverage"])+"</p>\n"+t["bar"](x,{"bar":c["bar"]})+""+t["counts"](x,{"counts":c["counts"]})+"";
}else{o+="<p class=\"answer\">"+(x.words[117]??say(x,117))+"</p>\n<p class=\"as-of\">"+(x.words[2]??say(x,2))+" <time datetime=\""+escape(strict(c,"asOf"))+"\">"+escape(h["instant"](c["asOf"],x.bare))+"</time></p>\n";
}
o+="</header>\n\n";
if(there(c["remediation"])){o+="<p class=\"notice to-remediation\">"+(x.words[118]??say(x,118))+" <a href=\""+escape(h["link"](c["remediation"],x.bare))+"\">"+(x.words[119]??say(x,119))+"</a></p>";
}
o+="\n\n<section aria-labelledby=\"he-thong\">\n<h2 id=\"he-thong\">"+(x.words[120]??say(x,120))+"</h2>\n";
if(there(c["owned"])){o+=t["systems"](x,{"rows":c["owned"],"caption":c["captions"]["owned"],"owners":false,"verdicts":true});
}
o+="\n";
if(there(c["operated"])){o+=t["systems"](x,{"rows":c["operated"],"caption":c["captions"]["operated"],"owners":true,"verdicts":true});
}
o+="\n</section>\n\n<section aria-labelledby=\"nhiem-vu\">\n<h2 id=\"nhiem-vu\">"+(x.words[121]??say(x,121))+"</h2>\n";
if(there(c["tasks"])){o+="<p class=\"lead\">"+(x.words[123]??say(x,123))+"</p>\n"+t["own-tasks"](x,{"tasks":c["tasks"]})+"";
}else{o+="<p class=\"empty\">"+(x.words[122]??say(x,122))+"</p>\n";
}
o+="</section>\n\n<section aria-labelledby=\"viec-can-lam\">\n<h2 id=\"viec-can-lam\">"+(x.words[124]??say(x,124))+"</h2>\n";
if(there(c["actions"])){o+="<p class=\"lead\">"+(x.words[126]??say(x,126))+"</p>\n"+t["actions"](x,{"actions":c["actions"]})+"";
}else{o+="<p class=\"empty\">"+(x.words[125]??say(x,125))+"</p>\n";
}
o+="</section>\n\n";
if(there(c["life"])){o+=t["life-organisation"](x,c["life"]);
}
o+="\n\n<section aria-labelledby=\"chua-quan-sat\">\n<h2 id=\"chua-quan-sat\">"+(x.words[127]??say(x,127))+"</h2>\n"+t["unseen"](x,{"unseen":c["unseen"]})+"</section>\n\n<section aria-labelledby=\"dau-moi\">\n<h2 id=\"dau-moi\">"+(x.words[128]??say(x,128))+"</h2>\n<dl class=\"facts\">\n<div><dt>"+(x.words[129]??say(x,129))+"</dt><dd><bdi lang=\"vi\">"+escape(h["show"](c["headPosition"],x.bare))+"</bdi>";
if(there(c["head"])){o+=": <bdi lang=\"vi\">"+escape(h["show"](c["head"],x.bare))+"</bdi>";
}
o+="</dd></div>\n";
if(there(c["address"])){o+="<div><dt>"+(x.words[130]??say(x,130))+"</dt><dd><bdi lang=\"vi\">"+escape(h["show"](c["address"],x.bare))+"</bdi></dd></div>";
}
o+="\n";
if(there(c["functions"])){o+="<div><dt>"+(x.words[131]??say(x,131))+"</dt><dd>"+t["document"](x,c["functions"])+"</dd></div>";
}
o+="\n<div><dt>"+(x.words[132]??say(x,132))+"</dt><dd>";
if(there(c["contact"])){if(there(c["contact"]["name"])){o+="<p><bdi lang=\"vi\">"+escape(h["show"](c["contact"]["name"],x.bare))+"</bdi>";
if(there(c["contact"]["position"])){o+=", <bdi lang=\"vi\">"+escape(h["show"](c["contact"]["position"],x.bare))+"</bdi>";
}
o+="</p>";
}else{if(there(c["contact"]["position"])){o+="<p><bdi lang=\"vi\">"+escape(h["show"](c["contact"]["position"],x.bare))+"</bdi></p>";
}
}
if(there(c["contact"]["phone"])){o+="<p>"+(x.words[134]??say(x,134))+" <bdi>"+escape(h["show"](c["contact"]["phone"],x.bare))+"</bdi></p>";
}
if(there(c["contact"]["email"])){o+="<p>"+(x.words[135]??say(x,135))+" <bdi>"+escape(h["show"](c["contact"]["email"],x.bare))+"</bdi></p>";
}
}else{o+="<span class=\"none\">"+(x.words[133]??say(x,133))+"</span>";
}
o+="</dd></div>\n<div><dt>"+(x.words[136]??say(x,136))+"</dt><dd>";
if(there(c["specialised"])){if(there(c["specialised"]["itself"])){o+=(x.words[138]??say(x,138));
}else{o+=t["name"](x,{"name":c["specialised"]["name"]});
}
if(there(c["specialised"]["decision"])){o+="<br>"+t["document"](x,c["specialised"]["decision"]);
}
}else{o+="<span class=\"none\">"+(x.words[137]??say(x,137))+"</span>";
}
o+="</dd></div>\n</dl>\n</section>";
return o;},
"province":(x,c)=>{let o="";
o+="<header class=\"hero\">\n<p class=\"eyebrow\">"+(x.words[139]??say(x,139))+"</p>\n<h1><bdi lang=\""+escape(h["nameLang"](c["name"],x.bare))+"\">"+escape(h["name"](c["name"],x.bare))+"</bdi></h1>\n"+t["answer"](x,{"answer":c["answer"]})+"<p class=\"as-of\">"+(x.words[2]??say(x,2))+" <time datetime=\""+escape(strict(c,"asOf"))+"\">"+escape(h["instant"](c["asOf"],x.bare))+"</time>"+(x.words[3]??say(x,3))+" "+escape(h["t"]("report.province.scope",{hash:{"systems":c["systems"],"organisations":c["organisations"]},data:x}))+" "+t["coverage"](x,c["coverage"])+"</p>\n";
if(there(c["controls"])){o+=t["controls"](x,c["controls"]);
}
o+="\n"+t["bar"](x,{"bar":c["bar"]})+""+t["counts"](x,{"counts":c["counts"]})+"</header>\n\n<section aria-labelledby=\"lop\">\n<h2 id=\"lop\">"+(x.words[140]??say(x,140))+"</h2>\n<p class=\"lead\">"+(x.words[141]??say(x,141))+"</p>\n<table class=\"data bands\">\n<caption>"+(x.words[142]??say(x,142))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[16]??say(x,16))+"</th><th scope=\"col\">"+(x.words[143]??say(x,143))+"</th><th scope=\"col\">"+(x.words[17]??say(x,17))+"</th></tr></thead>\n<tbody>\n";
const v0=items(c["bands"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<tr>\n<th scope=\"row\"><span class=\"band-n\">"+escape(h["t"]("report.layers.n",{hash:{"n":v2["layer"]},data:x}))+"</span> "+escape(h["say"](v2["name"],x.bare))+"</th>\n<td>";
if(there(v2["bar"]["total"])){o+=t["bar"](x,{"bar":v2["bar"]})+t["counts"](x,{"counts":v2["counts"]});
}else{o+="<span class=\"none\">"+(x.words[51]??say(x,51))+"</span>";
}
o+="</td>\n<td>"+t["coverage-cell"](x,v2["coverage"])+"</td>\n</tr>\n";
}
o+="</tbody>\n</table>\n</section>\n\n<section aria-labelledby=\"phoi-ra\">\n<h2 id=\"phoi-ra\">"+(x.words[144]??say(x,144))+"</h2>\n";
if(there(c["exposed"]["rows"])){o+="<p class=\"lead\">"+(x.words[146]??say(x,146))+"</p>\n<table class=\"data stack exposed\">\n<caption>"+(x.words[147]??say(x,147))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[148]??say(x,148))+"</th><th scope=\"col\">"+(x.words[149]??say(x,149))+"</th><th scope=\"col\">"+(x.words[150]??say(x,150))+"</th><th scope=\"col\">"+(x.words[151]??say(x,151))+"</th></tr></thead>\n<tbody>\n";
const v3=items(c["exposed"]["rows"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<tr>\n<th scope=\"row\"><span class=\"severity\">"+escape(h["say"](v5["severity"],x.bare))+"</span> "+escape(h["text"](v5["title"],x.bare))+"</th>\n<td data-label=\""+(x.words[149]??say(x,149))+"\"><div><span class=\"quiet\">"+escape(h["t"]("report.matrix.systems",{hash:{"n":v5["systems"]},data:x}))+(x.words[3]??say(x,3))+" "+escape(h["t"]("report.actions.places",{hash:{"n":v5["places"]},data:x}))+"</span>"+t["system-links"](x,v5["links"])+"</div></td>\n<td data-label=\""+(x.words[150]??say(x,150))+"\">";
if(there(v5["since"])){o+=escape(h["day"](v5["since"],x.bare))+"<span class=\"under\">"+escape(h["t"]("shell.exposed.age",{hash:{"n":v5["age"]},data:x}))+"</span>";
}else{o+="<span class=\"quiet\">"+(x.words[152]??say(x,152))+"</span>";
}
o+="</td>\n<td data-label=\""+(x.words[151]??say(x,151))+"\">";
if(there(v5["due"])){o+=escape(h["day"](v5["due"],x.bare))+"<span class=\"under\">";
if(there(v5["standing"]["late"])){o+="<span class=\"tag warn\">"+escape(h["say"](v5["standing"]["said"],x.bare))+"</span>";
}else{o+=escape(h["say"](v5["standing"]["said"],x.bare));
}
o+="</span>";
}else{o+="<span class=\"quiet\">";
if(there(v5["seenOnce"])){o+=(x.words[154]??say(x,154));
}else{o+=(x.words[153]??say(x,153));
}
o+="</span>";
}
o+="</td>\n</tr>\n";
}
o+="</tbody>\n</table>\n";
if(there(c["exposed"]["more"])){o+="<p class=\"quiet\">"+escape(h["t"]("shell.exposed.more",{hash:{"n":c["exposed"]["more"]},data:x}))+"</p>";
}
o+="\n";
}else{o+="<p class=\"empty\">"+(x.words[145]??say(x,145))+"</p>\n";
}
o+="</section>\n\n<section aria-labelledby=\"co-quan\">\n<h2 id=\"co-quan\">"+(x.words[155]??say(x,155))+"</h2>\n<p class=\"lead\">"+(x.words[156]??say(x,156))+"</p>\n"+t["filter"](x,c["filters"]["matrix"])+"<table class=\"data stack matrix filtered\">\n<caption>"+(x.words[157]??say(x,157))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[158]??say(x,158))+"</th><th scope=\"col\">"+(x.words[159]??say(x,159))+"</th><th scope=\"col\">"+(x.words[160]??say(x,160))+"</th><th scope=\"col\">"+(x.words[161]??say(x,161))+"</th><th scope=\"col\">"+(x.words[162]??say(x,162))+"</th><th scope=\"col\">"+(x.words[163]??say(x,163))+"</th><th scope=\"col\">"+(x.words[17]??say(x,17))+"</th></tr></thead>\n<tbody>\n";
const v6=items(c["matrix"]);for(let v7=0;v7<v6.length;v7++){const v8=v6[v7];o+="<tr data-v=\""+escape(v8["verdicts"])+"\">\n<th scope=\"row\">"+t["to"](x,v8)+" <span class=\"under\">"+escape(h["t"]("report.matrix.systems",{hash:{"n":v8["systems"]},data:x}))+"</span></th>\n<td data-label=\""+(x.words[159]??say(x,159))+"\">"+t["cell-counts"](x,{"counts":v8["overall"]})+"</td>\n";
const v9=items(v8["layers"]);for(let v10=0;v10<v9.length;v10++){const v11=v9[v10];o+="<td data-label=\""+escape(h["t"]("report.layers.n",{hash:{"n":v11["n"]},data:x}))+"\">"+t["cell-counts"](x,{"counts":v11["counts"]})+"</td>\n";
}
o+="<td data-label=\""+(x.words[17]??say(x,17))+"\">"+t["coverage-cell"](x,v8["coverage"])+"</td>\n</tr>\n";
}
o+="</tbody>\n</table>\n</section>\n\n<section aria-labelledby=\"cap-do\">\n<h2 id=\"cap-do\">"+(x.words[164]??say(x,164))+"</h2>\n<p class=\"lead\">"+escape(h["t"]("report.levels.lead",{hash:{"n":c["levels"]["systems"]},data:x}))+"</p>\n<div class=\"pair\">\n"+t["steps"](x,{"steps":c["levels"]["levels"],"caption":"report.levels.levels","head":"report.levels.level"})+""+t["steps"](x,{"steps":c["levels"]["dossiers"],"caption":"report.levels.dossiers","head":"report.levels.dossier"})+"</div>\n";
if(there(h["reaches"](c["audit"],x.bare))){o+="<p><a href=\""+escape(h["link"](c["audit"],x.bare))+"\">"+(x.words[165]??say(x,165))+"</a></p>";
}
o+="\n</section>\n\n<section aria-labelledby=\"thoi-han\">\n<h2 id=\"thoi-han\">"+(x.words[166]??say(x,166))+"</h2>\n";
if(there(c["deadlines"]["tasks"])){o+="<p class=\"lead\">"+escape(h["t"]("report.deadlines.lead",{hash:{"overdue":c["deadlines"]["overdue"],"unproven":c["deadlines"]["unproven"],"total":c["deadlines"]["tasks"]["length"]},data:x}))+" "+escape(h["day"](c["deadlines"]["today"],x.bare))+".</p>\n";
if(there(c["deadlines"]["reading"])){o+="<p class=\"quiet\">"+(x.words[168]??say(x,168))+": "+escape(h["say"](c["deadlines"]["reading"],x.bare))+"; "+(x.words[169]??say(x,169))+" "+escape(h["say"](c["deadlines"]["interval"],x.bare))+".</p>";
}
o+="\n"+t["deadline-line"](x,c["deadlines"])+"<table class=\"data stack tasks\">\n<caption>"+(x.words[170]??say(x,170))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[171]??say(x,171))+"</th><th scope=\"col\">"+(x.words[172]??say(x,172))+"</th><th scope=\"col\">"+(x.words[173]??say(x,173))+"</th><th scope=\"col\">"+(x.words[174]??say(x,174))+"</th><th scope=\"col\">"+(x.words[175]??say(x,175))+"</th></tr></thead>\n<tbody>\n";
const v12=items(c["deadlines"]["tasks"]);for(let v13=0;v13<v12.length;v13++){const v14=v12[v13];o+="<tr>\n<th scope=\"row\">"+t["task-title"](x,v14)+"</th>\n<td data-label=\""+(x.words[172]??say(x,172))+"\"><div>"+escape(h["text"](v14["owner"],x.bare))+t["six-clear"](x,v14)+"</div></td>\n<td data-label=\""+(x.words[173]??say(x,173))+"\">"+t["task-when"](x,v14)+"</td>\n<td data-label=\""+(x.words[174]??say(x,174))+"\">"+t["mark"](x,{"tone":v14["tone"],"word":v14["word"]});
if(there(v14["because"])){o+="<span class=\"under\">"+escape(h["say"](v14["because"],x.bare))+"</span>";
}
o+="</td>\n<td data-label=\""+(x.words[175]??say(x,175))+"\"><div>"+escape(h["say"](v14["subjects"],x.bare));
if(there(v14["counts"])){o+=t["counts"](x,{"counts":v14["counts"]});
}
if(there(v14["coverage"]["needed"])){o+="<span class=\"under\">"+t["coverage"](x,v14["coverage"])+"</span>";
}
o+="</div></td>\n</tr>\n";
}
o+="</tbody>\n</table>\n";
}else{o+="<p class=\"empty\">"+(x.words[167]??say(x,167))+"</p>\n";
}
o+="</section>\n\n";
if(there(c["life"])){o+=t["life-province"](x,c["life"]);
}
o+="\n\n<section aria-labelledby=\"viec-can-lam\">\n<h2 id=\"viec-can-lam\">"+(x.words[176]??say(x,176))+"</h2>\n";
if(there(c["actions"])){o+="<p class=\"lead\">"+(x.words[177]??say(x,177))+"</p>\n"+t["week"](x,{"actions":c["actions"]})+"";
if(there(c["moreActions"])){o+="<p class=\"quiet\">"+escape(h["t"]("report.actions.more",{hash:{"n":c["moreActions"]},data:x}))+"</p>";
}
o+="\n";
}else{o+="<p class=\"empty\">"+(x.words[125]??say(x,125))+"</p>\n";
}
o+="</section>\n\n<section aria-labelledby=\"chua-quan-sat\">\n<h2 id=\"chua-quan-sat\">"+(x.words[178]??say(x,178))+"</h2>\n"+t["unseen"](x,{"unseen":c["unseen"]})+"<ul class=\"notes\">\n<li>"+escape(h["t"]("report.unseen.excluded",{hash:{"n":c["excluded"]},data:x}))+"</li>\n<li>"+escape(h["t"]("report.unseen.secret",{hash:{"n":c["stateSecret"]},data:x}))+"</li>\n<li>"+escape(h["t"]("report.unseen.refused",{hash:{"n":c["scan"]["cost"]["refused"]},data:x}))+"</li>\n</ul>\n</section>\n\n<section aria-labelledby=\"luot-ra-soat\">\n<h2 id=\"luot-ra-soat\">"+(x.words[179]??say(x,179))+"</h2>\n"+t["scan"](x,c["scan"])+"</section>\n\n<section aria-labelledby=\"he-thong\">\n<h2 id=\"he-thong\">"+(x.words[180]??say(x,180))+"</h2>\n"+t["filter"](x,c["filters"]["systems"])+"";
const v15=items(c["groups"]);for(let v16=0;v16<v15.length;v16++){const v17=v15[v16];o+="<details class=\"group\"";
if(there(v17["open"])){o+=" open";
}
o+=">\n<summary><span id=\""+escape(v17["anchor"])+"\" class=\"marked tone-"+escape(v17["verdict"])+"\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-"+escape(v17["verdict"])+"\"/></svg>"+escape(h["say"](v17["word"],x.bare))+"</span> <span class=\"quiet\">"+escape(h["t"]("report.matrix.systems",{hash:{"n":v17["rows"]["length"]},data:x}))+"</span></summary>\n"+t["systems"](x,{"rows":v17["rows"],"caption":v17["word"],"owners":true,"verdicts":false})+"</details>\n";
}
o+="</section>";
return o;},
"remediation":(x,c)=>{let o="";
o+="<div class=\"head-page\">\n<header class=\"hero\">\n<p class=\"eyebrow\">"+(x.words[181]??say(x,181))+"</p>\n<h1><bdi lang=\""+escape(h["nameLang"](c["name"],x.bare))+"\">"+escape(h["name"](c["name"],x.bare))+"</bdi></h1>\n<p class=\"to\">"+(x.words[182]??say(x,182))+" <bdi lang=\"vi\">"+escape(h["show"](c["headPosition"],x.bare))+"</bdi>";
if(there(c["head"])){o+=" <bdi lang=\"vi\">"+escape(h["show"](c["head"],x.bare))+"</bdi>";
}
o+="</p>\n"+t["answer"](x,{"answer":c["answer"]})+"<p class=\"as-of\">"+(x.words[2]??say(x,2))+" <time datetime=\""+escape(strict(c,"asOf"))+"\">"+escape(h["instant"](c["asOf"],x.bare))+"</time>"+(x.words[3]??say(x,3))+" "+(x.words[183]??say(x,183))+" "+t["name"](x,{"name":c["zone"]})+(x.words[3]??say(x,3))+" "+t["coverage"](x,c["coverage"])+"</p>\n<ul class=\"figures\">\n";
const v0=items(c["figures"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<li><a href=\"#"+escape(v2["hash"])+"\"><b>"+escape(h["num"](v2["n"],x.bare))+"</b>";
if(there(v2["counted"])){o+=" <span class=\"quiet\">"+escape(h["t"]("owner.figure.of",{hash:{"of":v2["of"]},data:x}))+"</span>";
}
o+=" <span class=\"figure-word\">"+escape(h["say"](v2["word"],x.bare))+"</span></a></li>\n";
}
o+="</ul>\n</header>\n\n<section aria-labelledby=\"giao-viec\">\n<h2 id=\"giao-viec\">"+(x.words[184]??say(x,184))+"</h2>\n";
if(there(c["assign"])){o+="<p class=\"lead\">"+(x.words[186]??say(x,186))+"</p>\n<table class=\"data stack assign\">\n<caption>"+(x.words[187]??say(x,187))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[188]??say(x,188))+"</th><th scope=\"col\">"+(x.words[189]??say(x,189))+"</th><th scope=\"col\">"+(x.words[190]??say(x,190))+"</th><th scope=\"col\">"+(x.words[191]??say(x,191))+"</th></tr></thead>\n<tbody>\n";
const v3=items(c["assign"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<tr>\n<th scope=\"row\"><a href=\"#"+escape(v5["anchor"])+"\"><span class=\"n\">"+escape(h["num"](v5["n"],x.bare))+".</span> "+escape(h["change"](v5["title"],x.bare))+"</a><span class=\"under\">"+escape(h["say"](v5["severity"],x.bare))+" · "+escape(h["t"]("owner.assign.reach",{hash:{"systems":v5["systems"],"places":v5["places"]},data:x}))+"</span></th>\n<td data-label=\""+(x.words[189]??say(x,189))+"\">";
if(there(v5["due"])){o+=t["due"](x,{"due":v5["due"]})+"<span class=\"under\">"+escape(h["text"](v5["due"]["source"],x.bare))+"</span>";
}else{o+="<span class=\"none\">"+(x.words[192]??say(x,192))+"</span>";
}
o+="</td>\n<td data-label=\""+(x.words[190]??say(x,190))+"\">";
const v6=items(v5["said"]);if(v6.length>0){for(let v7=0;v7<v6.length;v7++){const v8=v6[v7];if(there(v8["own"])){o+="<bdi lang=\"vi\">"+escape(h["show"](v8["own"],{hash:{"max":120},data:x}))+"</bdi>";
}else{o+=escape(h["text"](v8["text"],x.bare));
}
if(!there(v7===v6.length-1)){o+="; ";
}
}}else{o+="<span class=\"none\">"+(x.words[193]??say(x,193))+"</span>";
}
o+="</td>\n<td data-label=\""+(x.words[191]??say(x,191))+"\">";
const v9=items(v5["blank"]);if(v9.length>0){for(let v10=0;v10<v9.length;v10++){const v11=v9[v10];o+=escape(h["say"](v11,x.bare));
if(!there(v10===v9.length-1)){o+=", ";
}
}}else{o+=(x.words[194]??say(x,194));
}
o+="</td>\n</tr>\n";
}
o+="</tbody>\n</table>\n";
if(there(c["moreToAssign"])){o+="<p class=\"quiet\"><a href=\"#viec-can-lam\">"+escape(h["t"]("owner.assign.more",{hash:{"n":c["moreToAssign"]},data:x}))+"</a></p>";
}
o+="\n";
}else{o+="<p class=\"empty\">"+(x.words[185]??say(x,185))+"</p>\n";
}
o+="";
if(there(c["directives"])){o+="<h3>"+(x.words[195]??say(x,195))+"</h3>\n<ul class=\"notes\">";
const v12=items(c["directives"]);for(let v13=0;v13<v12.length;v13++){const v14=v12[v13];o+="<li>"+escape(h["text"](v14["title"],x.bare))+": <span class=\"marked tone-"+escape(v14["tone"])+"\"><svg class=\"mark\" aria-hidden=\"true\" focusable=\"false\"><use href=\"#m-"+escape(v14["tone"])+"\"/></svg>"+escape(h["say"](v14["word"],x.bare))+"</span>";
if(there(v14["before"])){o+=" · "+(x.words[196]??say(x,196))+" "+escape(h["day"](v14["before"],x.bare));
}
o+=" <span class=\"quiet\">(<bdi lang=\"vi\">"+escape(h["show"](v14["instrument"],x.bare))+"</bdi>)</span></li>";
}
o+="</ul>\n";
}
o+="</section>\n</div>\n\n<section aria-labelledby=\"he-thong\">\n<h2 id=\"he-thong\">"+(x.words[197]??say(x,197))+"</h2>\n"+t["systems"](x,{"rows":c["systems"],"caption":c["caption"],"owners":false,"verdicts":true})+"<p><a href=\""+escape(h["link"](c["organisation"],x.bare))+"\">"+(x.words[128]??say(x,128))+"</a></p>\n</section>\n\n<section aria-labelledby=\"viec-can-lam\">\n<h2 id=\"viec-can-lam\">"+(x.words[198]??say(x,198))+"</h2>\n";
if(there(c["remedies"])){o+="<p class=\"lead\">"+escape(h["t"]("owner.remedy.lead",{hash:{"findings":c["places"],"changes":c["remedies"]["length"]},data:x}))+"</p>\n";
const v15=items(c["remedies"]);for(let v16=0;v16<v15.length;v16++){const v17=v15[v16];o+=t["remedy"](x,{"one":v17,"alone":false});
}
o+="\n";
}else{o+="<p class=\"empty\">"+(x.words[125]??say(x,125))+"</p>\n";
}
o+="</section>\n\n\n<section aria-labelledby=\"da-khac-phuc\">\n<h2 id=\"da-khac-phuc\">"+(x.words[199]??say(x,199))+"</h2>\n"+t["improved"](x,{"improved":c["improved"]})+"</section>\n\n<section aria-labelledby=\"chua-quan-sat\">\n<h2 id=\"chua-quan-sat\">"+(x.words[200]??say(x,200))+"</h2>\n"+t["unseen"](x,{"unseen":c["unseen"]})+"</section>\n\n<section aria-labelledby=\"tra-loi\">\n<h2 id=\"tra-loi\">"+(x.words[201]??say(x,201))+"</h2>\n<p>"+(x.words[202]??say(x,202))+"</p>\n<ul class=\"notes\">\n<li>"+(x.words[203]??say(x,203))+"</li>\n<li>"+(x.words[204]??say(x,204))+"</li>\n<li>"+(x.words[205]??say(x,205))+"</li>\n<li>"+(x.words[206]??say(x,206))+"</li>\n</ul>\n<p>"+(x.words[207]??say(x,207))+"</p>\n<p class=\"quiet\">"+(x.words[208]??say(x,208))+" <code>"+escape(h["show"](c["run"],x.bare))+"</code></p>\n</section>";
return o;},
"system":(x,c)=>{let o="";
o+="<header class=\"hero\">\n<p class=\"eyebrow\">"+(x.words[209]??say(x,209))+" · "+escape(h["say"](c["level"],x.bare));
if(there(c["critical"])){o+=" · "+(x.words[210]??say(x,210));
}
o+="</p>\n<h1><bdi lang=\""+escape(h["nameLang"](c["name"],x.bare))+"\">"+escape(h["name"](c["name"],x.bare))+"</bdi></h1>\n<p class=\"verdict\">"+t["mark"](x,c["mark"])+"</p>\n"+t["answer"](x,{"answer":c["answer"]})+"<p class=\"as-of\">"+(x.words[2]??say(x,2))+" <time datetime=\""+escape(strict(c,"asOf"))+"\">"+escape(h["instant"](c["asOf"],x.bare))+"</time>"+(x.words[3]??say(x,3))+" "+t["coverage"](x,c["coverage"])+"</p>\n"+t["counts"](x,{"counts":c["counts"]})+"";
if(there(c["closed"])){o+="<p class=\"notice\">"+(x.words[211]??say(x,211))+"</p>";
}
o+="\n</header>\n\n<section aria-labelledby=\"viec-can-lam\">\n<h2 id=\"viec-can-lam\">"+(x.words[212]??say(x,212))+"</h2>\n";
if(there(c["changes"])){o+="<p class=\"lead\">"+escape(h["t"]("owner.remedy.lead",{hash:{"findings":c["open"],"changes":c["changes"]["length"]},data:x}))+"</p>\n";
const v0=items(c["changes"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+=t["remedy"](x,{"one":v2,"alone":true});
}
o+="\n";
}else{o+="<p class=\"empty\">"+(x.words[125]??say(x,125))+"</p>\n";
}
o+="";
if(there(c["waived"])){o+=t["waived"](x,{"waived":c["waived"]});
}
o+="\n";
if(there(c["falsePositives"])){o+=t["false-positives"](x,{"findings":c["falsePositives"]});
}
o+="\n</section>\n\n";
if(there(c["life"])){o+=t["life-system"](x,c["life"]);
}
o+="\n\n<section aria-labelledby=\"diem-truy-cap\">\n<h2 id=\"diem-truy-cap\">"+(x.words[213]??say(x,213))+"</h2>\n";
if(there(c["endpoints"])){o+="<p class=\"lead\">"+(x.words[215]??say(x,215))+"</p>\n";
const v3=items(c["endpoints"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+=t["endpoint-card"](x,{"card":v5});
}
o+="\n";
}else{o+="<p class=\"empty\">"+(x.words[214]??say(x,214))+"</p>\n";
}
o+="</section>\n\n<section aria-labelledby=\"chua-quan-sat\">\n<h2 id=\"chua-quan-sat\">"+(x.words[216]??say(x,216))+"</h2>\n";
if(there(c["notObserved"])){o+="<p class=\"lead\">"+escape(h["t"]("report.blind.lead",{hash:{"n":c["blind"]},data:x}))+"</p>\n";
const v6=items(c["notObserved"]);for(let v7=0;v7<v6.length;v7++){const v8=v6[v7];o+="<div class=\"blind\">\n<h3><span class=\"marked tone-unproven\"><svg class=\"mark\" aria-hidden=\"true\" focusable=\"false\"><use href=\"#m-unproven\"/></svg>"+escape(h["say"](v8["cause"],x.bare))+"</span> <span class=\"quiet\">"+escape(h["say"](v8["kind"],x.bare))+"</span></h3>\n<p>"+escape(h["say"](v8["help"],x.bare))+"</p>\n";
if(there(v8["detail"])){o+="<p class=\"quiet\">"+(x.words[219]??say(x,219))+" <code><bdi>"+escape(h["show"](v8["detail"],x.bare))+"</bdi></code></p>";
}
o+="\n<details><summary>"+escape(h["t"]("owner.blind.group",{hash:{"n":v8["findings"]},data:x}))+"</summary>\n";
const v9=items(v8["targets"]);for(let v10=0;v10<v9.length;v10++){const v11=v9[v10];o+="<p class=\"finding-target\"><bdi class=\"target\">"+escape(h["show"](v11["target"],x.bare))+"</bdi></p>\n<ul class=\"plain-list titles\">";
const v12=items(v11["findings"]);for(let v13=0;v13<v12.length;v13++){const v14=v12[v13];o+="<li id=\""+escape(v14["anchor"])+"\">"+escape(h["text"](v14["title"],x.bare))+"</li>";
}
o+="</ul>\n";
}
o+="</details>\n</div>\n";
}
o+="";
}else{o+="<p class=\"empty\">";
if(there(c["coverage"]["unlooked"])){o+=(x.words[218]??say(x,218));
}else{o+=(x.words[217]??say(x,217));
}
o+="</p>\n";
}
o+="</section>\n\n<section aria-labelledby=\"nghia-vu\">\n<h2 id=\"nghia-vu\">"+(x.words[220]??say(x,220))+"</h2>\n";
const v15=items(c["frameworks"]);if(v15.length>0){for(let v16=0;v16<v15.length;v16++){const v17=v15[v16];o+=t["framework"](x,v17);
}}else{o+="<p class=\"empty\">"+(x.words[221]??say(x,221))+"</p>";
}
o+="\n</section>\n\n<section aria-labelledby=\"lop\">\n<h2 id=\"lop\">"+(x.words[222]??say(x,222))+"</h2>\n<p class=\"lead\">"+(x.words[223]??say(x,223))+"</p>\n<ul class=\"layer-line\">";
const v18=items(c["layers"]);for(let v19=0;v19<v18.length;v19++){const v20=v18[v19];o+="<li><span class=\"quiet\">"+escape(h["t"]("report.layers.n",{hash:{"n":v20["layer"]},data:x}))+"</span> "+escape(h["say"](v20["name"],x.bare))+": ";
if(there(v20["status"])){o+=t["mark"](x,v20["status"]["mark"]);
}else{if(there(v20["evidence"]["mark"])){o+=t["mark"](x,v20["evidence"]["mark"]);
}else{o+="<span class=\"none\">"+(x.words[51]??say(x,51))+"</span>";
}
}
o+="</li>";
}
o+="</ul>\n<details class=\"folded\">\n<summary>"+(x.words[224]??say(x,224))+"</summary>\n<table class=\"data stack claims\">\n<caption>"+(x.words[225]??say(x,225))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[16]??say(x,16))+"</th><th scope=\"col\">"+(x.words[226]??say(x,226))+"</th><th scope=\"col\">"+(x.words[227]??say(x,227))+"</th></tr></thead>\n<tbody>\n";
const v21=items(c["layers"]);for(let v22=0;v22<v21.length;v22++){const v23=v21[v22];o+="<tr>\n<th scope=\"row\"><span class=\"band-n\">"+escape(h["t"]("report.layers.n",{hash:{"n":v23["layer"]},data:x}))+"</span> "+escape(h["say"](v23["name"],x.bare));
if(there(v23["status"])){o+="<p class=\"layer-word\">"+t["mark"](x,v23["status"]["mark"])+"</p>";
}
o+="</th>\n<td data-label=\""+(x.words[226]??say(x,226))+"\">\n<p><strong>"+escape(h["say"](v23["claim"]["said"],x.bare))+"</strong>";
if(there(v23["claim"]["document"])){o+=": "+t["document"](x,v23["claim"]["document"]);
}else{if(there(v23["claim"]["on"])){o+=", "+(x.words[49]??say(x,49))+" "+escape(h["day"](v23["claim"]["on"],x.bare));
}
}
o+="</p>\n";
if(there(v23["claim"]["until"])){o+="<p>"+(x.words[228]??say(x,228))+" "+escape(h["day"](v23["claim"]["until"],x.bare));
if(there(v23["claim"]["lapsed"])){o+=" <span class=\"tag warn\">"+(x.words[229]??say(x,229))+"</span>";
}
o+="</p>";
}
o+="\n";
if(there(v23["claim"]["facts"])){o+="<dl class=\"small\">";
const v24=items(v23["claim"]["facts"]);for(let v25=0;v25<v24.length;v25++){const v26=v24[v25];o+="<div><dt>"+escape(h["say"](v26["word"],x.bare))+"</dt><dd>";
if(there(v26["text"])){o+="<bdi lang=\"vi\">"+escape(h["show"](v26["text"],x.bare))+"</bdi>";
}
if(there(v26["day"])){o+=escape(h["day"](v26["day"],x.bare));
}
if(there(v26["said"])){o+=escape(h["say"](v26["said"],x.bare));
}
o+="</dd></div>";
}
o+="</dl>";
}
o+="\n";
if(there(v23["status"])){o+=t["layer-gaps"](x,v23["status"]);
}
o+="\n</td>\n<td data-label=\""+(x.words[227]??say(x,227))+"\">\n";
if(there(v23["status"])){o+=t["layer-status"](x,{"status":v23["status"],"coverage":v23["evidence"]["coverage"]});
}else{o+="\n";
if(there(v23["evidence"]["mark"])){o+="<p>"+t["mark"](x,v23["evidence"]["mark"])+"</p>";
const v27=items(v23["evidence"]["because"]);for(let v28=0;v28<v27.length;v28++){const v29=v27[v28];o+="<p class=\"quiet\">"+escape(h["say"](v29,x.bare))+"</p>";
}
}else{o+="<p class=\"none\">"+(x.words[51]??say(x,51))+"</p>";
}
o+="\n";
if(there(v23["evidence"]["at"])){o+="<p class=\"quiet\">"+(x.words[52]??say(x,52))+" <time datetime=\""+escape(v23["evidence"]["at"])+"\">"+escape(h["instant"](v23["evidence"]["at"],x.bare))+"</time></p>";
}
o+="\n";
if(there(v23["evidence"]["mark"])){if(there(v23["evidence"]["coverage"]["needed"])){o+="<p>"+t["coverage"](x,v23["evidence"]["coverage"])+"</p>";
}
}
o+="\n";
if(there(v23["evidence"]["against"])){o+="<p class=\"quiet\">"+(x.words[230]??say(x,230))+"</p><ul class=\"links\">";
const v30=items(v23["evidence"]["against"]);for(let v31=0;v31<v30.length;v31++){const v32=v30[v31];o+="<li><a href=\"#"+escape(v32["anchor"])+"\">"+escape(h["text"](v32["title"],x.bare))+"</a> <span class=\"quiet\"><bdi>"+escape(h["show"](v32["target"],{hash:{"max":80},data:x}))+"</bdi></span></li>";
}
o+="</ul>";
}
o+="\n";
}
o+="</td>\n</tr>\n";
}
o+="</tbody>\n</table>\n</details>\n</section>\n\n<section aria-labelledby=\"nhiem-vu\">\n<h2 id=\"nhiem-vu\">"+(x.words[231]??say(x,231))+"</h2>\n";
if(there(c["tasks"])){o+="<p class=\"lead\">"+(x.words[232]??say(x,232))+"</p>\n<ul class=\"task-line\">";
const v33=items(c["tasks"]);for(let v34=0;v34<v33.length;v34++){const v35=v33[v34];o+="<li>"+escape(h["text"](v35["row"]["title"],x.bare))+": <span class=\"marked tone-"+escape(v35["row"]["tone"])+"\"><svg class=\"mark\" aria-hidden=\"true\" focusable=\"false\"><use href=\"#m-"+escape(v35["row"]["tone"])+"\"/></svg>"+escape(h["say"](v35["row"]["word"],x.bare))+"</span></li>";
}
o+="</ul>\n<details class=\"folded\"><summary>"+escape(h["t"]("owner.tasks.show",{hash:{"n":c["tasks"]["length"]},data:x}))+"</summary>"+t["own-tasks"](x,{"tasks":c["tasks"]})+"</details>\n";
}else{o+="<p class=\"empty\">"+(x.words[122]??say(x,122))+"</p>\n";
}
o+="</section>\n\n";
if(there(c["levelPanel"])){o+="<section aria-labelledby=\"cap-do\">\n<h2 id=\"cap-do\">"+(x.words[233]??say(x,233))+"</h2>\n<p>"+t["mark"](x,c["levelPanel"]["agrees"])+"</p>\n<details class=\"folded\"><summary>"+(x.words[234]??say(x,234))+"</summary>"+t["level"](x,c["levelPanel"])+"</details>\n</section>\n";
}
o+="\n<section aria-labelledby=\"ho-so\">\n<h2 id=\"ho-so\">"+(x.words[235]??say(x,235))+"</h2>\n<dl class=\"facts\">\n<div><dt>"+(x.words[236]??say(x,236))+"</dt><dd><a href=\""+escape(h["link"](c["owner"]["ref"],x.bare))+"\">"+t["name"](x,{"name":c["owner"]["name"]})+"</a></dd></div>\n<div><dt>"+(x.words[237]??say(x,237))+"</dt><dd><a href=\""+escape(h["link"](c["operator"]["ref"],x.bare))+"\">"+t["name"](x,{"name":c["operator"]["name"]})+"</a></dd></div>\n<div><dt>"+(x.words[238]??say(x,238))+"</dt><dd>"+escape(h["say"](c["level"],x.bare));
if(there(c["classified"])){if(there(c["classified"]["regime"])){o+=", "+escape(h["say"](c["classified"]["regime"],x.bare));
}
}
o+="</dd></div>\n";
if(there(c["classified"])){o+="<div><dt>"+(x.words[239]??say(x,239))+"</dt><dd>"+escape(h["say"](c["classified"]["dossier"],x.bare));
if(there(c["classified"]["decision"])){o+=": "+t["document"](x,c["classified"]["decision"]);
}
if(there(c["classified"]["undocumented"])){o+=" <span class=\"tag warn\">"+(x.words[240]??say(x,240))+"</span>";
}
if(there(c["classified"]["expected"])){o+="<br>"+(x.words[241]??say(x,241))+" "+escape(h["day"](c["classified"]["expected"],x.bare));
}
o+="</dd></div>\n";
if(there(c["classified"]["regulation"])){o+="<div><dt>"+(x.words[242]??say(x,242))+"</dt><dd>"+t["document"](x,c["classified"]["regulation"])+"</dd></div>";
}
o+="\n";
if(there(c["classified"]["type"])){o+="<div><dt>"+(x.words[243]??say(x,243))+"</dt><dd>"+escape(h["say"](c["classified"]["type"],x.bare))+"</dd></div>";
}
o+="\n";
if(there(c["classified"]["information"])){o+="<div><dt>"+(x.words[244]??say(x,244))+"</dt><dd>";
const v36=items(c["classified"]["information"]);for(let v37=0;v37<v36.length;v37++){const v38=v36[v37];o+=escape(h["say"](v38,x.bare));
if(!there(v37===v36.length-1)){o+=", ";
}
}
o+="</dd></div>";
}
o+="\n";
}
o+="";
if(there(c["critical"])){o+="<div><dt>"+(x.words[245]??say(x,245))+"</dt><dd><bdi lang=\"vi\">"+escape(h["show"](c["critical"],{hash:{"max":500},data:x}))+"</bdi></dd></div>";
}
o+="\n<div><dt>"+(x.words[246]??say(x,246))+"</dt><dd><code>"+escape(h["show"](c["id"],x.bare))+"</code></dd></div>\n</dl>\n";
if(there(c["record"])){o+="<details class=\"folded\">\n<summary>"+escape(h["t"]("owner.record.show",{hash:{"n":c["record"]["length"]},data:x}))+"</summary>\n<dl class=\"facts\">\n";
const v39=items(c["record"]);for(let v40=0;v40<v39.length;v40++){const v41=v39[v40];o+="<div><dt>"+escape(h["say"](v41["word"],x.bare))+"</dt><dd>";
if(there(v41["day"])){o+=escape(h["day"](v41["day"],x.bare))+" ";
}
if(there(v41["said"])){if(there(v41["warn"])){o+="<span class=\"tag warn\">"+escape(h["say"](v41["said"],x.bare))+"</span>";
}else{o+=escape(h["say"](v41["said"],x.bare));
}
o+=" ";
}
if(there(v41["organisation"])){o+=t["name"](x,{"name":v41["organisation"]})+" ";
}
if(there(v41["document"])){o+=t["document"](x,v41["document"]);
}
if(there(v41["text"])){o+="<bdi lang=\"vi\">"+escape(h["show"](v41["text"],{hash:{"max":500},data:x}))+"</bdi>";
}
o+="</dd></div>\n";
}
o+="</dl>\n</details>\n";
}
o+="";
if(there(c["history"])){o+="<details class=\"folded\">\n<summary>"+(x.words[247]??say(x,247))+"</summary>\n<ul class=\"notes\">";
const v42=items(c["history"]);for(let v43=0;v43<v42.length;v43++){const v44=v42[v43];o+="<li>"+escape(h["day"](v44["on"],x.bare))+": ";
if(there(v44["level"])){o+=escape(h["say"](v44["level"],x.bare))+" ";
}
if(there(v44["dossier"])){o+=escape(h["say"](v44["dossier"],x.bare))+" ";
}
o+="<span class=\"quiet\"><bdi lang=\"vi\">"+escape(h["show"](v44["by"],{hash:{"max":200},data:x}))+"</bdi></span>";
if(there(v44["document"])){o+=" "+t["document"](x,v44["document"]);
}
if(there(v44["note"])){o+=" <bdi lang=\"vi\">"+escape(h["show"](v44["note"],{hash:{"max":500},data:x}))+"</bdi>";
}
o+="</li>";
}
o+="</ul>\n</details>\n";
}
o+="</section>\n\n<section aria-labelledby=\"da-xem\">\n<h2 id=\"da-xem\">"+(x.words[248]??say(x,248))+"</h2>\n";
if(there(c["quiet"])){o+="<p class=\"lead\">"+(x.words[250]??say(x,250))+"</p>\n<details class=\"quiet-all\">\n<summary>"+escape(h["t"]("report.quiet.show",{hash:{"n":c["quiet"]["length"]},data:x}))+"</summary>\n<ul class=\"quiet-checks\">\n";
const v45=items(c["quiet"]);for(let v46=0;v46<v45.length;v46++){const v47=v45[v46];o+="<li>"+escape(h["text"](v47["title"],x.bare))+"\n<ul class=\"plain-list\">";
const v48=items(v47["findings"]);for(let v49=0;v49<v48.length;v49++){const v50=v48[v49];o+="<li id=\""+escape(v50["anchor"])+"\">"+t["mark"](x,v50["mark"])+" <span class=\"quiet\"><bdi>"+escape(h["show"](v50["target"],{hash:{"max":120},data:x}))+"</bdi>, <time datetime=\""+escape(v50["at"])+"\">"+escape(h["instant"](v50["at"],x.bare))+"</time></span></li>";
}
o+="</ul>\n</li>\n";
}
o+="</ul>\n</details>\n";
}else{o+="<p class=\"empty\">"+(x.words[249]??say(x,249))+"</p>\n";
}
o+="</section>\n\n<section aria-labelledby=\"chi-phi\">\n<h2 id=\"chi-phi\">"+(x.words[251]??say(x,251))+"</h2>\n";
if(there(c["costTotal"])){o+="<p>"+escape(h["say"](c["costTotal"]["said"],x.bare))+", "+escape(h["bytes"](c["costTotal"]["bytes"],x.bare))+", "+escape(h["t"]("owner.cost.most",{hash:{"peak":c["costTotal"]["peak"]},data:x}))+".</p>\n<details class=\"folded\">\n<summary>"+escape(h["t"]("owner.cost.each",{hash:{"n":c["costRows"]},data:x}))+"</summary>\n<ul class=\"notes\">\n";
const v51=items(c["costs"]);if(v51.length>0){for(let v52=0;v52<v51.length;v52++){const v53=v51[v52];o+="<li><bdi>"+escape(h["show"](v53["address"],x.bare))+"</bdi>: "+escape(h["t"]("report.cost.received",{hash:{"connections":v53["connections"]},data:x}));
if(there(v53["datagrams"])){o+=", "+escape(h["t"]("report.cost.datagrams",{hash:{"n":v53["datagrams"]},data:x}));
}
o+=", "+escape(h["bytes"](v53["bytes"],x.bare))+", "+escape(h["t"]("report.cost.peak",{hash:{"peak":v53["peak"]},data:x}));
if(there(v53["refused"])){o+="; "+escape(h["t"]("report.cost.refused",{hash:{"n":v53["refused"]},data:x}));
}
o+=".</li>\n";
}}else{o+="<li>"+(x.words[252]??say(x,252))+"</li>\n";
}
o+="";
const v54=items(c["webCosts"]);for(let v55=0;v55<v54.length;v55++){const v56=v54[v55];o+="<li><bdi class=\"target\">"+escape(h["show"](v56["target"],x.bare))+"</bdi>: "+escape(h["t"]("report.cost.web",{hash:{"made":v56["made"],"most":v56["most"],"leftOut":v56["leftOut"]},data:x}));
if(there(v56["stopped"])){o+="; "+(x.words[253]??say(x,253))+" "+escape(h["say"](v56["stopped"],x.bare));
}
o+=".</li>\n";
}
o+="</ul>\n</details>\n";
}else{o+="<p class=\"empty\">"+(x.words[252]??say(x,252))+"</p>\n";
}
o+="</section>";
return o;},
"actions":(x,c)=>{let o="";
o+="<ol class=\"actions\">\n";
const v0=items(c["actions"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<li class=\"action\">\n<h3 class=\"action-title\"><span class=\"severity\">"+escape(h["say"](v2["word"],x.bare))+"</span> "+escape(h["change"](v2["title"],x.bare))+"</h3>\n<p class=\"action-reach\">"+escape(h["t"]("report.actions.reach",{hash:{"places":v2["places"],"systems":v2["systems"]},data:x}))+"</p>\n"+t["system-links"](x,v2["links"])+"</li>\n";
}
o+="</ol>";
return o;},
"answer":(x,c)=>{let o="";
o+="<p class=\"answer\">";
const v0=items(c["answer"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<a class=\"tone-"+escape(v2["tone"])+"\" href=\"#"+escape(v2["hash"])+"\">"+escape(h["say"](v2["said"],x.bare))+"</a>";
if(there(v2["last"])){o+=".";
}else{o+="; ";
}
}
o+="</p>";
return o;},
"bar":(x,c)=>{let o="";
o+="<svg class=\"bar\" role=\"img\" width=\"100%\" height=\"24\" aria-label=\"";
const v0=items(c["bar"]["segments"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+=escape(h["num"](v2["n"],x.bare))+" "+escape(h["say"](v2["word"],x.bare))+"; ";
}
o+="\">\n";
const v3=items(c["bar"]["segments"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<g class=\"segment tone-"+escape(v5["tone"])+"\"><title>"+escape(h["num"](v5["n"],x.bare))+" "+escape(h["say"](v5["word"],x.bare))+"</title><rect x=\""+escape(v5["x"])+"\" y=\"1\" width=\""+escape(v5["width"])+"\" height=\"22\" fill=\"url(#p-"+escape(v5["tone"])+")\"/>";
if(there(v5["marked"])){o+="<svg x=\""+escape(v5["x"])+"\" y=\"3\" width=\"24\" height=\"18\"><circle class=\"knock\" cx=\"14\" cy=\"9\" r=\"9\"/><use class=\"on-bar\" href=\"#m-"+escape(v5["tone"])+"\" x=\"7\" y=\"2\" width=\"14\" height=\"14\"/></svg>";
}
o+="</g>\n";
}
o+="</svg>";
return o;},
"cell-counts":(x,c)=>{let o="";
const v0=items(c["counts"]);if(v0.length>0){for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<span class=\"cell-count tone-"+escape(v2["tone"])+"\"><svg class=\"mark\" role=\"img\" aria-label=\""+escape(h["say"](v2["word"],x.bare))+":\"><use href=\"#m-"+escape(v2["tone"])+"\"/></svg>"+escape(h["num"](v2["n"],x.bare))+"</span> ";
}}else{o+="<span class=\"none\">"+(x.words[51]??say(x,51))+"</span>";
}
return o;},
"controls":(x,c)=>{let o="";
if(there(c["withheld"])){o+="<div class=\"withheld\" role=\"note\">\n<p><strong>"+escape(h["t"]("controls.report.withheld",{hash:{"n":c["withheld"]},data:x}))+"</strong></p>\n<p>"+(x.words[254]??say(x,254))+"</p>\n</div>\n";
}
o+="<p class=\"controls\">";
if(there(c["groups"])){o+=(x.words[256]??say(x,256))+" <bdi lang=\""+escape(h["nameLang"](c["zone"],x.bare))+"\">"+escape(h["name"](c["zone"],x.bare))+"</bdi>: ";
const v0=items(c["groups"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<span class=\"standing tone-"+escape(v2["tone"])+"\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-"+escape(v2["tone"])+"\"/></svg>"+escape(h["say"](v2["family"],x.bare))+": "+escape(h["say"](v2["word"],x.bare))+" (";
const v3=items(v2["kinds"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+=escape(h["say"](v5,x.bare));
if(!there(v4===v3.length-1)){o+=", ";
}
}
o+=")</span>";
if(!there(v1===v0.length-1)){o+=" ";
}
}
}else{o+=(x.words[255]??say(x,255));
}
o+="</p>";
return o;},
"counts":(x,c)=>{let o="";
o+="<ul class=\"counts\">\n";
const v0=items(c["counts"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<li class=\"tone-"+escape(v2["tone"])+"\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-"+escape(v2["tone"])+"\"/></svg><b>"+escape(h["num"](v2["n"],x.bare))+"</b> "+t["term"](x,{"word":v2["word"]})+"</li>\n";
}
o+="</ul>";
return o;},
"coverage-cell":(x,c)=>{let o="";
o+="<span class=\"coverage\">";
if(there(c["needed"])){o+=escape(h["t"]("report.coverage-cell",{hash:{"seen":c["seen"],"needed":c["needed"],"percent":c["percent"]},data:x}));
}else{if(there(c["unlooked"])){o+=(x.words[258]??say(x,258));
}else{o+=(x.words[257]??say(x,257));
}
}
o+="</span>";
return o;},
"coverage":(x,c)=>{let o="";
o+="<span class=\"coverage\">";
if(there(c["needed"])){const v0=h["term"]("report.coverage",x.bare);if(there(v0)){o+="<a class=\"term\" href=\""+escape(h["link"](v0,x.bare))+"\">"+escape(h["t"]("report.coverage",{hash:{"seen":c["seen"],"needed":c["needed"],"percent":c["percent"]},data:x}))+"</a>";
}else{o+=escape(h["t"]("report.coverage",{hash:{"seen":c["seen"],"needed":c["needed"],"percent":c["percent"]},data:x}));
}
}else{if(there(c["unlooked"])){o+=(x.words[258]??say(x,258));
}else{o+=(x.words[257]??say(x,257));
}
}
o+="</span>";
return o;},
"deadline-line":(x,c)=>{let o="";
if(there(c["line"])){o+="<figure class=\"timeline\">\n<svg width=\"100%\" height=\"128\" role=\"img\" aria-label=\""+escape(h["t"]("report.deadlines.line",{hash:{"n":c["line"]["marks"]["length"]},data:x}))+"\">\n<line class=\"axis\" x1=\"0\" y1=\"72\" x2=\"100%\" y2=\"72\"/>\n<line class=\"today\" x1=\""+escape(strict(c["line"],"todayX"))+"\" y1=\"24\" x2=\""+escape(strict(c["line"],"todayX"))+"\" y2=\"112\"/>\n<text class=\"today-label\" x=\""+escape(strict(c["line"],"todayX"))+"\" y=\"16\" text-anchor=\""+escape(strict(c["line"],"todayAnchor"))+"\">"+(x.words[259]??say(x,259))+" "+escape(h["day"](c["today"],x.bare))+"</text>\n";
const v0=items(c["line"]["marks"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<g class=\"tone-"+escape(v2["tone"])+"\"><title>"+escape(h["day"](v2["day"],x.bare))+": "+escape(h["t"]("report.deadlines.tasks",{hash:{"n":v2["tasks"]},data:x}))+"</title><svg x=\""+escape(v2["x"])+"\" y=\"62\" width=\"20\" height=\"20\" overflow=\"visible\"><circle class=\"knock\" cx=\"0\" cy=\"10\" r=\"12\"/><use href=\"#m-"+escape(v2["tone"])+"\" x=\"-10\" y=\"0\" width=\"20\" height=\"20\"/></svg></g>\n<text class=\"mark-label\" x=\""+escape(v2["x"])+"\" y=\""+escape(v2["dayY"])+"\" text-anchor=\""+escape(v2["anchor"])+"\">"+escape(h["day"](v2["day"],x.bare))+"</text>\n<text class=\"mark-label quiet\" x=\""+escape(v2["x"])+"\" y=\""+escape(v2["tasksY"])+"\" text-anchor=\""+escape(v2["anchor"])+"\">"+escape(h["t"]("report.deadlines.tasks",{hash:{"n":v2["tasks"]},data:x}))+"</text>\n";
}
o+="</svg>\n</figure>\n";
}
return o;},
"document":(x,c)=>{let o="";
o+="<span class=\"document\"><bdi lang=\"vi\">"+escape(h["show"](c["number"],x.bare))+"</bdi>, "+(x.words[49]??say(x,49))+" "+escape(h["day"](c["date"],x.bare));
if(there(c["issuer"])){o+=", <bdi lang=\"vi\">"+escape(h["show"](c["issuer"],x.bare))+"</bdi>";
}
o+="</span>";
return o;},
"due":(x,c)=>{let o="";
o+="<span class=\"due-day";
if(there(c["due"]["late"])){o+=" late";
}
o+="\"><b class=\"nowrap\">"+escape(h["day"](c["due"]["on"],x.bare))+"</b> <span class=\"";
if(there(c["due"]["late"])){o+="tag warn";
}else{o+="quiet";
}
o+="\">"+escape(h["say"](c["due"]["standing"],x.bare))+"</span></span>";
return o;},
"endpoint-card":(x,c)=>{let o="";
o+="<article class=\"endpoint\">\n<h3><bdi class=\"target\">"+escape(h["show"](c["card"]["target"],x.bare))+"</bdi> <span class=\"quiet\">"+escape(h["say"](c["card"]["kind"],x.bare))+"</span></h3>\n";
const v0=items(c["card"]["looks"]);if(v0.length>0){for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<details class=\"look\">\n<summary><span class=\"look-kind\">"+escape(h["say"](v2["kind"],x.bare))+"</span> <span class=\"look-digest\">";
if(there(v2["seen"])){const v6=items(v2["digest"]);for(let v7=0;v7<v6.length;v7++){const v8=v6[v7];o+=escape(h["say"](v8,x.bare));
if(!there(v7===v6.length-1)){o+=" · ";
}
}
}else{o+="<span class=\"marked tone-unproven\"><svg class=\"mark\" aria-hidden=\"true\" focusable=\"false\"><use href=\"#m-unproven\"/></svg>";
const v3=items(v2["digest"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+=escape(h["say"](v5,x.bare));
}
o+="</span>";
}
o+="</span> <time class=\"quiet\" datetime=\""+escape(v2["at"])+"\">"+escape(h["instant"](v2["at"],x.bare))+"</time></summary>\n<div class=\"look-body\">"+draw(lookup(v2,"template"))(x,v2["panel"])+"</div>\n</details>\n";
}}else{o+="<p class=\"none\">"+(x.words[260]??say(x,260))+"</p>\n";
}
o+="</article>";
return o;},
"fact-rows":(x,c)=>{let o="";
o+="<dl class=\"facts small-facts\">\n";
const v0=items(c["rows"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<div><dt>"+escape(h["say"](v2["word"],x.bare))+"</dt><dd>";
const v3=items(v2["values"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<code class=\"value\"><bdi>"+escape(h["show"](v5,{hash:{"max":600},data:x}))+"</bdi></code>";
}
const v6=items(v2["said"]);for(let v7=0;v7<v6.length;v7++){const v8=v6[v7];o+=escape(h["say"](v8,x.bare));
if(!there(v7===v6.length-1)){o+=(x.words[3]??say(x,3))+" ";
}
}
if(there(v2["unseen"])){o+="<span class=\"none\">"+(x.words[261]??say(x,261))+"</span>";
}
o+="</dd></div>\n";
}
o+="</dl>";
return o;},
"false-positives":(x,c)=>{let o="";
o+="<div class=\"waivers\">\n<h3 id=\"bao-dong-sai\">"+(x.words[262]??say(x,262))+"</h3>\n<p class=\"lead\">"+(x.words[263]??say(x,263))+"</p>\n<table class=\"data stack\">\n<caption>"+(x.words[264]??say(x,264))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[265]??say(x,265))+"</th><th scope=\"col\">"+(x.words[266]??say(x,266))+"</th><th scope=\"col\">"+(x.words[267]??say(x,267))+"</th><th scope=\"col\">"+(x.words[268]??say(x,268))+"</th></tr></thead>\n<tbody>\n";
const v0=items(c["findings"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<tr id=\""+escape(v2["anchor"])+"\">\n<th scope=\"row\"><span class=\"marked tone-waived\"><svg class=\"mark\" role=\"img\" aria-label=\""+(x.words[269]??say(x,269))+"\"><use href=\"#m-waived\"/></svg><s>"+escape(h["text"](v2["title"],x.bare))+"</s></span><span class=\"under\"><bdi>"+escape(h["show"](v2["target"],{hash:{"max":120},data:x}))+"</bdi> · "+escape(h["say"](v2["severity"],x.bare))+"</span></th>\n<td data-label=\""+(x.words[266]??say(x,266))+"\"><span class=\"nowrap\">"+escape(h["day"](v2["until"],x.bare))+"</span></td>\n<td data-label=\""+(x.words[267]??say(x,267))+"\"><bdi lang=\"vi\">"+escape(h["show"](v2["reason"],x.bare))+"</bdi></td>\n<td data-label=\""+(x.words[268]??say(x,268))+"\">"+(x.words[270]??say(x,270))+" <bdi lang=\"vi\">"+escape(h["show"](v2["requestedBy"],x.bare))+"</bdi><br>"+(x.words[271]??say(x,271))+" <bdi lang=\"vi\">"+escape(h["show"](v2["approvedBy"],x.bare))+"</bdi></td>\n</tr>\n";
}
o+="</tbody>\n</table>\n</div>";
return o;},
"filter":(x,c)=>{let o="";
o+="<search class=\"filter\" hidden aria-label=\""+escape(h["say"](c["label"],x.bare))+"\" data-filter=\""+escape(strict(c,"section"))+"\" data-file=\""+escape(strict(c,"file"))+"\" data-some=\""+(x.words[272]??say(x,272))+"\" data-none=\""+(x.words[273]??say(x,273))+"\" data-group=\""+(x.words[274]??say(x,274))+"\">\n<div class=\"asked\"><label for=\"loc-"+escape(strict(c,"section"))+"-q\">"+(x.words[275]??say(x,275))+"</label><input id=\"loc-"+escape(strict(c,"section"))+"-q\" name=\"q\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\"></div>\n";
const v0=items(c["selects"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<div class=\"asked\"><label for=\"loc-"+escape(strict(c,"section"))+"-"+escape(v2["name"])+"\">"+escape(h["say"](v2["label"],x.bare))+"</label><select id=\"loc-"+escape(strict(c,"section"))+"-"+escape(v2["name"])+"\" name=\""+escape(v2["name"])+"\"><option value=\"\">"+(x.words[276]??say(x,276))+"</option>";
const v3=items(v2["options"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<option value=\""+escape(v5["value"])+"\"";
if(there(v5["name"])){o+=" lang=\""+escape(h["nameLang"](v5["name"],x.bare))+"\"";
}
o+=">";
if(there(v5["name"])){o+=escape(h["name"](v5["name"],x.bare));
}else{o+=escape(h["say"](v5["word"],x.bare));
}
o+="</option>";
}
o+="</select></div>\n";
}
o+="<div class=\"filter-do\"><button type=\"button\" data-do=\"clear\">"+(x.words[277]??say(x,277))+"</button><button type=\"button\" data-do=\"export\">"+(x.words[278]??say(x,278))+"</button></div>\n<p class=\"filter-said\" role=\"status\"></p>\n</search>";
return o;},
"find":(x,c)=>{let o="";
o+="<search class=\"find\" hidden data-root=\""+escape(h["root"](x.bare))+"\" data-organisation=\""+(x.words[279]??say(x,279))+"\"";
if(there(c["systems"])){o+=" data-system=\""+(x.words[280]??say(x,280))+"\"";
}
o+=" data-province=\""+(x.words[281]??say(x,281))+"\" data-levels=\""+(x.words[282]??say(x,282))+"\" data-some=\""+(x.words[283]??say(x,283))+"\" data-none=\""+(x.words[284]??say(x,284))+"\">\n<label class=\"unshown\" for=\"tim\">"+(x.words[285]??say(x,285))+"</label>\n<input id=\"tim\" type=\"search\" role=\"combobox\" aria-expanded=\"false\" aria-controls=\"tim-thay\" aria-autocomplete=\"list\" aria-keyshortcuts=\"/\" autocomplete=\"off\" spellcheck=\"false\" placeholder=\""+(x.words[286]??say(x,286))+"\">\n<div class=\"find-found\"><ul id=\"tim-thay\" aria-label=\""+(x.words[287]??say(x,287))+"\" hidden></ul><p class=\"find-said\" role=\"status\"></p></div>\n</search>";
return o;},
"fix-steps":(x,c)=>{let o="";
const v0=items(c["steps"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<p>"+escape(h["text"](v2["lead"],x.bare))+"</p>\n";
if(there(v2["code"])){o+="<pre class=\"config\"><code>"+escape(h["lines"](v2["code"],x.bare))+"</code></pre>";
}
o+="\n";
}
o+="";
const v3=items(c["apart"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<p class=\"quiet\">"+escape(h["t"]("owner.remedy.apart",{hash:{"title":h["text"](v5["title"],x.bare)},data:x}))+" "+escape(h["text"](v5["lead"],x.bare))+"</p>\n";
if(there(v5["code"])){o+="<pre class=\"config\"><code>"+escape(h["lines"](v5["code"],x.bare))+"</code></pre>";
}
o+="\n";
}
return o;},
"form-piece":(x,c)=>{let o="";
if(there(c["heading"])){o+="<h3>"+escape(strict(c,"heading"))+"</h3>";
}
o+="\n";
if(there(c["subheading"])){o+="<h4>"+escape(strict(c,"subheading"))+"</h4>";
}
o+="\n";
if(there(c["line"])){o+="<p class=\"line\">"+escape(strict(c,"line"))+"</p>";
}
o+="\n";
if(there(c["remark"])){o+="<p class=\"remark\">"+escape(strict(c,"remark"))+"</p>";
}
o+="\n";
if(there(c["table"])){o+="<div class=\"scroll\"><table>\n<thead>\n<tr>";
const v0=items(c["table"]["heads"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<th scope=\"col\">"+escape(v2)+"</th>";
}
o+="</tr>\n";
if(there(c["table"]["numbers"])){o+="<tr>";
const v3=items(c["table"]["numbers"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<td class=\"centre strong\">("+escape(v5)+")</td>";
}
o+="</tr>";
}
o+="\n</thead>\n<tbody>\n";
const v6=items(c["table"]["rows"]);for(let v7=0;v7<v6.length;v7++){const v8=v6[v7];o+="<tr>";
const v9=items(v8["cells"]);for(let v10=0;v10<v9.length;v10++){const v11=v9[v10];o+="<td";
if(there(v11["centre"])){o+=" class=\"centre\"";
}
o+=">"+escape(strict(v11,"text"))+"</td>";
}
o+="</tr>";
}
o+="\n";
if(there(c["table"]["empty"])){o+="<tr><td colspan=\""+escape(strict(c["table"],"across"))+"\">"+(x.words[288]??say(x,288))+"</td></tr>";
}
o+="\n</tbody>\n</table></div>\n";
}
return o;},
"framework":(x,c)=>{let o="";
o+="<div class=\"framework\">\n<h3>"+escape(h["text"](c["title"],x.bare))+"</h3>\n<p class=\"meta\"><bdi lang=\"vi\">"+escape(h["show"](c["number"],x.bare))+"</bdi> · ";
if(there(c["binding"])){o+=(x.words[289]??say(x,289));
}else{o+=(x.words[59]??say(x,59));
}
o+="</p>\n"+t["counts"](x,{"counts":c["counts"]})+"";
if(there(c["rows"])){o+=""+t["obligation-rows"](x,{"rows":c["rows"]})+"";
}
o+="";
const v0=items(c["folded"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<details class=\"folded\"><summary>"+escape(h["say"](v2["label"],x.bare))+"</summary>"+t["obligation-rows"](x,{"rows":v2["rows"]})+"</details>";
}
o+="\n";
if(there(c["notApplicable"])){o+="<details class=\"not-applicable\"><summary>"+escape(h["t"]("report.obligations.not-applicable",{hash:{"n":c["notApplicable"]["length"]},data:x}))+"</summary><ul class=\"plain-list\">";
const v3=items(c["notApplicable"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<li>"+escape(h["text"](v5["title"],x.bare))+"</li>";
}
o+="</ul></details>";
}
o+="\n</div>";
return o;},
"headers":(x,c)=>{let o="";
o+="<div class=\"panel\">\n<p class=\"meta\"><time datetime=\""+escape(strict(c,"at"))+"\">"+escape(h["instant"](c["at"],x.bare))+"</time></p>\n";
const v0=items(c["chains"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<ol class=\"chain\">\n";
const v3=items(v2["hops"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<li><b>"+escape(v5["status"])+"</b> <bdi class=\"target\">"+escape(h["show"](v5["url"],x.bare))+"</bdi>";
if(there(v5["location"])){o+=" → <bdi class=\"target\">"+escape(h["show"](v5["location"],x.bare))+"</bdi>";
}
o+="</li>\n";
}
o+="<li class=\"quiet\">"+escape(h["say"](v2["end"],x.bare))+"</li>\n</ol>\n";
}
o+="";
if(there(c["headers"])){o+="<table class=\"data stack\">\n<caption>"+(x.words[291]??say(x,291))+" <bdi class=\"target\">"+escape(h["show"](c["headers"]["url"],x.bare))+"</bdi></caption>\n<thead><tr><th scope=\"col\">"+(x.words[292]??say(x,292))+"</th><th scope=\"col\">"+(x.words[293]??say(x,293))+"</th></tr></thead>\n<tbody>\n";
const v6=items(c["headers"]["rows"]);for(let v7=0;v7<v6.length;v7++){const v8=v6[v7];o+="<tr><th scope=\"row\"><code>"+escape(v8["name"])+"</code></th><td data-label=\""+(x.words[293]??say(x,293))+"\">";
const v9=items(v8["values"]);for(let v10=0;v10<v9.length;v10++){const v11=v9[v10];o+="<code class=\"value\"><bdi>"+escape(h["show"](v11,x.bare))+"</bdi></code>";
}
if(there(v8["word"])){o+="<span class=\"none\">"+escape(h["say"](v8["word"],x.bare))+"</span>";
}
o+="</td></tr>\n";
}
o+="</tbody>\n</table>\n";
}else{o+="<p class=\"none\">"+(x.words[290]??say(x,290))+"</p>\n";
}
o+="</div>";
return o;},
"improved":(x,c)=>{let o="";
if(there(c["improved"]["since"])){o+="<p>"+(x.words[296]??say(x,296))+" "+escape(h["day"](c["improved"]["since"],x.bare))+": "+escape(h["t"]("owner.improved.mended",{hash:{"n":c["improved"]["counts"]["mended"]},data:x}));
if(there(c["improved"]["counts"]["passing"])){o+="; "+escape(h["t"]("owner.improved.passing",{hash:{"n":c["improved"]["counts"]["passing"]},data:x}));
}
if(there(c["improved"]["counts"]["back"])){o+="; "+escape(h["t"]("owner.improved.back",{hash:{"n":c["improved"]["counts"]["back"]},data:x}));
}
if(there(c["improved"]["counts"]["fresh"])){o+="; "+escape(h["t"]("owner.improved.fresh",{hash:{"n":c["improved"]["counts"]["fresh"]},data:x}));
}
o+=".</p>\n";
if(there(c["improved"]["mended"])){o+="<h3>"+(x.words[297]??say(x,297))+"</h3>"+t["mended"](x,{"list":c["improved"]["mended"]});
}
o+="\n";
if(there(c["improved"]["passing"])){o+="<h3>"+(x.words[298]??say(x,298))+"</h3>"+t["mended"](x,{"list":c["improved"]["passing"]});
}
o+="\n";
}else{o+="<p class=\"empty\">";
if(there(c["improved"]["known"])){o+=(x.words[295]??say(x,295));
}else{o+=(x.words[294]??say(x,294));
}
o+="</p>\n";
}
return o;},
"laws":(x,c)=>{let o="";
o+="<table class=\"data stack\">\n<caption>"+(x.words[299]??say(x,299))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[300]??say(x,300))+"</th><th scope=\"col\">"+(x.words[301]??say(x,301))+"</th><th scope=\"col\">"+(x.words[302]??say(x,302))+"</th><th scope=\"col\" class=\"n\">"+(x.words[303]??say(x,303))+"</th></tr></thead>\n<tbody>\n";
const v0=items(c["laws"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<tr>\n<th scope=\"row\"><bdi lang=\"vi\">"+escape(h["show"](v2["number"],x.bare))+"</bdi><span class=\"under\">"+escape(h["text"](v2["title"],x.bare))+"</span></th>\n<td data-label=\""+(x.words[301]??say(x,301))+"\">"+(x.words[304]??say(x,304))+" "+escape(h["day"](v2["from"],x.bare));
if(there(v2["to"])){o+="<br>"+(x.words[305]??say(x,305))+" "+escape(h["day"](v2["to"],x.bare));
}
if(!there(v2["binding"])){o+="<span class=\"under\">"+(x.words[59]??say(x,59))+"</span>";
}
o+="</td>\n<td data-label=\""+(x.words[302]??say(x,302))+"\">"+escape(h["say"](v2["certainty"],x.bare))+"<span class=\"under\">"+(x.words[306]??say(x,306))+" "+escape(h["day"](v2["readOn"],x.bare))+"; <bdi lang=\"vi\">"+escape(h["show"](v2["source"],x.bare))+"</bdi></span></td>\n<td class=\"n\" data-label=\""+(x.words[303]??say(x,303))+"\">"+escape(h["num"](v2["obligations"],x.bare))+"</td>\n</tr>\n";
}
o+="</tbody>\n</table>";
return o;},
"layer-gaps":(x,c)=>{let o="";
if(there(c["missing"])){o+="<p class=\"gaps\"><strong>"+(x.words[307]??say(x,307))+":</strong></p><ul class=\"plain-list small\">";
const v0=items(c["missing"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<li>"+escape(h["say"](v2["field"],x.bare))+" <span class=\"quiet\"><bdi lang=\"vi\">"+escape(h["show"](v2["cite"],x.bare))+"</bdi></span></li>";
}
o+="</ul>";
}
o+="\n";
if(there(c["refused"])){o+="<p class=\"gaps\"><strong>"+(x.words[308]??say(x,308))+":</strong></p><ul class=\"plain-list small\">";
const v3=items(c["refused"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<li>"+escape(h["say"](v5["field"],x.bare))+" <span class=\"quiet\"><bdi lang=\"vi\">"+escape(h["show"](v5["cite"],x.bare))+"</bdi></span></li>";
}
o+="</ul>";
}
o+="\n";
if(there(c["stale"])){o+="<ul class=\"plain-list small\">";
const v6=items(c["stale"]);for(let v7=0;v7<v6.length;v7++){const v8=v6[v7];o+="<li>"+escape(h["say"](v8["field"],x.bare))+": "+escape(h["day"](v8["on"],x.bare))+" <span class=\"tag warn\">"+escape(h["say"](v8["said"],x.bare))+"</span> <span class=\"quiet\"><bdi lang=\"vi\">"+escape(h["show"](v8["cite"],x.bare))+"</bdi></span></li>";
}
o+="</ul>";
}
return o;},
"layer-status":(x,c)=>{let o="";
o+="<ul class=\"plain-list\">";
const v0=items(c["status"]["because"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<li>"+escape(h["say"](v2,x.bare))+"</li>";
}
o+="</ul>\n";
if(there(c["status"]["evidence"])){o+="<ul class=\"beside\">";
const v3=items(c["status"]["evidence"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<li><span class=\"marked tone-"+escape(v5["tone"])+"\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-"+escape(v5["tone"])+"\"/></svg>"+escape(h["say"](v5["stance"],x.bare))+"</span> ";
if(there(v5["title"])){if(there(v5["anchor"])){o+="<a href=\"#"+escape(v5["anchor"])+"\">"+escape(h["text"](v5["title"],x.bare))+"</a>";
}else{o+=escape(h["text"](v5["title"],x.bare));
}
}
if(there(v5["verified"])){o+=(x.words[309]??say(x,309))+" <bdi lang=\"vi\">"+escape(h["show"](v5["verified"]["by"],{hash:{"max":120},data:x}))+"</bdi>, <bdi lang=\"vi\">"+escape(h["show"](v5["verified"]["document"],x.bare))+"</bdi>";
}
if(there(v5["target"])){o+=" <span class=\"quiet\"><bdi>"+escape(h["show"](v5["target"],{hash:{"max":80},data:x}))+"</bdi></span>";
}
o+="<br><span class=\"quiet\">";
if(there(v5["instant"])){o+="<time datetime=\""+escape(v5["instant"])+"\">"+escape(h["instant"](v5["instant"],x.bare))+"</time>";
}
if(there(v5["day"])){o+=escape(h["day"](v5["day"],x.bare));
}
if(there(v5["claim"])){o+=" · ";
if(there(v5["claim"]["on"])){o+=(x.words[311]??say(x,311))+" "+escape(h["day"](v5["claim"]["on"],x.bare));
}else{o+=(x.words[310]??say(x,310));
}
}
o+="</span></li>";
}
o+="</ul>";
}
o+="\n";
if(there(c["status"]["more"])){o+="<p class=\"quiet\">"+escape(h["t"]("layers.evidence-more",{hash:{"count":c["status"]["more"]},data:x}))+"</p>";
}
o+="\n";
if(there(c["status"]["passes"])){o+="<p class=\"quiet\">"+escape(h["t"]("layers.evidence-passes",{hash:{"n":c["status"]["passes"]},data:x}))+"</p>";
}
o+="\n";
if(there(c["status"]["detection"])){o+="<p class=\"detection\">"+(x.words[312]??say(x,312))+": "+t["mark"](x,{"tone":c["status"]["detection"]["tone"],"word":c["status"]["detection"]["state"]})+" <span class=\"quiet\">"+escape(h["say"](c["status"]["detection"]["coverage"],x.bare));
if(there(c["status"]["detection"]["sentAt"])){o+="; "+(x.words[313]??say(x,313))+" <time datetime=\""+escape(strict(c["status"]["detection"],"sentAt"))+"\">"+escape(h["instant"](c["status"]["detection"]["sentAt"],x.bare))+"</time>";
}
if(there(c["status"]["detection"]["seenAt"])){o+="; "+(x.words[314]??say(x,314))+" <time datetime=\""+escape(strict(c["status"]["detection"],"seenAt"))+"\">"+escape(h["instant"](c["status"]["detection"]["seenAt"],x.bare))+"</time>";
}
if(there(c["status"]["detection"]["after"])){o+=", "+escape(h["say"](c["status"]["detection"]["after"],x.bare));
}
if(there(c["status"]["detection"]["sources"])){o+="; "+(x.words[315]??say(x,315))+" <bdi>"+escape(h["show"](c["status"]["detection"]["sources"],{hash:{"max":200},data:x}))+"</bdi>";
}
if(there(c["status"]["detection"]["centres"])){o+="; "+(x.words[316]??say(x,316))+" <bdi lang=\"vi\">"+escape(h["show"](c["status"]["detection"]["centres"],{hash:{"max":200},data:x}))+"</bdi>";
}
if(there(c["status"]["detection"]["claim"])){o+=" · ";
if(there(c["status"]["detection"]["claim"]["on"])){o+=(x.words[311]??say(x,311))+" "+escape(h["day"](c["status"]["detection"]["claim"]["on"],x.bare));
}else{o+=(x.words[310]??say(x,310));
}
}
o+="</span></p>";
}
o+="\n";
if(there(c["status"]["due"])){o+="<dl class=\"small due\">";
const v6=items(c["status"]["due"]);for(let v7=0;v7<v6.length;v7++){const v8=v6[v7];o+="<div><dt>"+escape(h["say"](v8["activity"],x.bare))+"</dt><dd>";
if(there(v8["last"])){o+=(x.words[318]??say(x,318))+" "+escape(h["day"](v8["last"],x.bare));
}else{o+=(x.words[317]??say(x,317));
}
if(there(v8["next"])){o+="; "+(x.words[319]??say(x,319))+" "+escape(h["day"](v8["next"],x.bare));
}
if(there(v8["overdue"])){o+=" <span class=\"tag warn\">"+escape(h["say"](v8["overdue"],x.bare))+"</span>";
}
o+=" <span class=\"quiet\">"+escape(h["say"](v8["every"],x.bare))+", <bdi lang=\"vi\">"+escape(h["show"](v8["cite"],x.bare))+"</bdi>";
if(there(v8["note"])){o+="; "+escape(h["text"](v8["note"],x.bare));
}
if(there(v8["later"])){o+="; "+(x.words[320]??say(x,320));
}
if(there(v8["run"])){o+="; "+escape(h["say"](v8["run"],x.bare));
}
o+="</span></dd></div>";
}
o+="</dl>";
}
o+="\n";
if(there(c["coverage"]["needed"])){o+="<p>"+t["coverage"](x,c["coverage"])+"</p>";
}
return o;},
"level":(x,c)=>{let o="";
o+="<div class=\"panel level\">\n<p>"+t["mark"](x,c["agrees"])+"</p>\n";
if(there(c["kept"])){o+="<p class=\"notice\">"+(x.words[321]??say(x,321))+"</p>";
}
o+="\n<table class=\"data stack\">\n<caption>"+(x.words[322]??say(x,322))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[323]??say(x,323))+"</th><th scope=\"col\">"+(x.words[324]??say(x,324))+"</th><th scope=\"col\">"+(x.words[325]??say(x,325))+"</th></tr></thead>\n<tbody>\n";
const v0=items(c["answers"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<tr>\n<th scope=\"row\">"+escape(h["say"](v2["regime"],x.bare));
if(there(v2["own"])){o+=" <span class=\"tag\">"+(x.words[326]??say(x,326))+"</span>";
}
o+="</th>\n<td data-label=\""+(x.words[324]??say(x,324))+"\"><strong class=\"nowrap\">"+escape(h["say"](v2["level"],x.bare))+"</strong></td>\n<td data-label=\""+(x.words[325]??say(x,325))+"\">\n";
if(there(v2["limb"])){o+="<p><bdi lang=\"vi\">"+escape(h["show"](v2["article"],x.bare))+"</bdi>: <bdi>"+escape(h["text"](v2["limb"],x.bare))+"</bdi></p>";
}else{o+="<p class=\"none\">"+(x.words[327]??say(x,327))+"</p>";
}
o+="\n";
if(there(v2["also"])){o+="<p class=\"quiet\">"+(x.words[328]??say(x,328))+": <bdi lang=\"vi\">"+escape(h["show"](v2["also"],x.bare))+"</bdi></p>";
}
o+="\n";
const v3=items(v2["presumed"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<p class=\"quiet\">"+(x.words[329]??say(x,329))+": <bdi>"+escape(h["text"](v5,x.bare))+"</bdi></p>";
}
o+="\n</td>\n</tr>\n";
}
o+="</tbody>\n</table>\n<dl class=\"facts\">\n";
const v6=items(c["acts"]);for(let v7=0;v7<v6.length;v7++){const v8=v6[v7];o+="<div><dt>"+escape(h["say"](v8["word"],x.bare))+"</dt><dd>"+escape(h["text"](v8["name"],x.bare));
if(there(v8["organisation"])){o+=": ";
if(there(v8["organisation"]["ref"])){o+="<a href=\""+escape(h["link"](v8["organisation"]["ref"],x.bare))+"\">"+t["name"](x,{"name":v8["organisation"]["name"]})+"</a>";
}else{o+=t["name"](x,{"name":v8["organisation"]["name"]});
}
}
o+=" <span class=\"quiet\">(<bdi lang=\"vi\">"+escape(h["show"](v8["article"],x.bare))+"</bdi>";
if(there(v8["unknown"])){o+="; "+(x.words[330]??say(x,330));
}
o+=")</span></dd></div>\n";
}
o+="";
if(there(c["independence"])){o+="<div><dt>"+(x.words[331]??say(x,331))+"</dt><dd><bdi>"+escape(h["text"](c["independence"]["text"],x.bare))+"</bdi> <span class=\"quiet\">(<bdi lang=\"vi\">"+escape(h["show"](c["independence"]["article"],x.bare))+"</bdi>)</span></dd></div>";
}
o+="\n<div><dt>"+(x.words[332]??say(x,332))+"</dt><dd>";
if(there(c["official"])){o+="<span lang=\"vi\">"+escape(h["show"](c["official"],x.bare))+"</span>";
}
if(there(c["extra"])){if(there(c["official"])){o+=" ";
}
o+="<span class=\"tag warn\">"+escape(h["say"](c["extra"],x.bare))+"</span>";
}
o+="</dd></div>\n";
if(there(c["forms"])){o+="<div><dt>"+(x.words[333]??say(x,333))+"</dt><dd>";
const v9=items(c["forms"]);for(let v10=0;v10<v9.length;v10++){const v11=v9[v10];o+=escape(h["say"](v11["number"],x.bare))+": "+escape(h["text"](v11["text"],x.bare));
if(!there(v10===v9.length-1)){o+="; ";
}
}
o+="</dd></div>";
}
o+="\n</dl>\n";
if(there(c["note"])){o+="<p class=\"quiet\"><bdi>"+escape(h["text"](c["note"],x.bare))+"</bdi></p>";
}
o+="\n\n";
if(there(c["deadlines"])){o+="<table class=\"data stack\">\n<caption>"+(x.words[334]??say(x,334))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[335]??say(x,335))+"</th><th scope=\"col\">"+(x.words[336]??say(x,336))+"</th><th scope=\"col\">"+(x.words[337]??say(x,337))+"</th></tr></thead>\n<tbody>\n";
const v12=items(c["deadlines"]);for(let v13=0;v13<v12.length;v13++){const v14=v12[v13];o+="<tr>\n<th scope=\"row\">"+escape(h["say"](v14["what"],x.bare))+"</th>\n<td data-label=\""+(x.words[336]??say(x,336))+"\">"+escape(h["say"](v14["length"],x.bare))+" <span class=\"quiet\">(<bdi lang=\"vi\">"+escape(h["show"](v14["article"],x.bare))+"</bdi>)</span></td>\n<td data-label=\""+(x.words[337]??say(x,337))+"\">";
if(there(v14["late"])){o+="<span class=\"tag warn\">"+escape(h["say"](v14["standing"],x.bare))+"</span>";
}else{o+=escape(h["say"](v14["standing"],x.bare));
}
if(there(v14["uncertain"])){o+=" <span class=\"quiet\">"+(x.words[338]??say(x,338))+"</span>";
}
o+="</td>\n</tr>\n";
}
o+="</tbody>\n</table>\n";
}
o+="";
if(there(c["due"])){o+="<h3>"+(x.words[339]??say(x,339))+"</h3>\n<ul class=\"notes\">";
const v15=items(c["due"]);for(let v16=0;v16<v15.length;v16++){const v17=v15[v16];o+="<li>"+escape(h["say"](v17["what"],x.bare))+" <span class=\"quiet\">(<bdi lang=\"vi\">"+escape(h["show"](v17["article"],x.bare))+"</bdi>)</span>: ";
if(there(v17["overdue"])){o+="<span class=\"tag warn\">"+escape(h["say"](v17["when"],x.bare))+"</span>";
}else{o+=escape(h["say"](v17["when"],x.bare));
}
o+="</li>";
}
o+="</ul>\n";
}
o+="\n<h3>"+(x.words[340]??say(x,340))+"</h3>\n";
if(there(c["defects"])){o+="<ul class=\"notes\">";
const v18=items(c["defects"]);for(let v19=0;v19<v18.length;v19++){const v20=v18[v19];o+="<li><span class=\"tag warn\">"+escape(h["say"](v20["weight"],x.bare))+"</span> <bdi>"+escape(h["say"](v20["what"],x.bare))+"</bdi>";
if(there(v20["article"])){o+=" <span class=\"quiet\">(<bdi lang=\"vi\">"+escape(h["show"](v20["article"],x.bare))+"</bdi>)</span>";
}
o+="</li>";
}
o+="</ul>\n";
}else{o+="<p class=\"empty\">"+(x.words[341]??say(x,341))+"</p>\n";
}
o+="";
if(there(c["missing"])){o+="<h3>"+(x.words[342]??say(x,342))+"</h3>\n<ul class=\"notes\">";
const v21=items(c["missing"]);for(let v22=0;v22<v21.length;v22++){const v23=v21[v22];o+="<li>"+escape(h["say"](v23["part"],x.bare))+" <span class=\"quiet\">(<bdi lang=\"vi\">"+escape(h["show"](v23["article"],x.bare))+"</bdi>)</span></li>";
}
o+="</ul>\n";
}
o+="\n";
if(there(c["questions"])){o+="<h3>"+(x.words[343]??say(x,343))+"</h3>\n<p class=\"lead\">"+(x.words[344]??say(x,344))+"</p>\n<ul class=\"notes\">\n";
const v24=items(c["questions"]);for(let v25=0;v25<v24.length;v25++){const v26=v24[v25];o+="<li>"+escape(h["say"](v26["what"],x.bare))+"<code class=\"value\"><bdi>"+escape(h["show"](v26["quote"],{hash:{"max":160},data:x}))+"</bdi></code><span class=\"quiet\">"+(x.words[345]??say(x,345))+" <bdi class=\"target\">"+escape(h["show"](v26["target"],{hash:{"max":120},data:x}))+"</bdi>, <time datetime=\""+escape(v26["at"])+"\">"+escape(h["instant"](v26["at"],x.bare))+"</time></span></li>\n";
}
o+="</ul>\n";
}
o+="";
if(there(c["open"])){o+="<details>\n<summary>"+(x.words[346]??say(x,346))+"</summary>\n<ul class=\"notes\">";
const v27=items(c["open"]);for(let v28=0;v28<v27.length;v28++){const v29=v27[v28];o+="<li>"+escape(h["say"](v29["fact"],x.bare))+": <bdi class=\"quiet\">"+escape(h["say"](v29["could"],x.bare))+"</bdi></li>";
}
o+="</ul>\n</details>\n";
}
o+="";
if(there(c["history"])){o+="<table class=\"data stack\">\n<caption>"+(x.words[347]??say(x,347))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[348]??say(x,348))+"</th><th scope=\"col\">"+(x.words[349]??say(x,349))+"</th><th scope=\"col\">"+(x.words[350]??say(x,350))+"</th></tr></thead>\n<tbody>\n";
const v30=items(c["history"]);for(let v31=0;v31<v30.length;v31++){const v32=v30[v31];o+="<tr>\n<th scope=\"row\"><span class=\"nowrap\">"+escape(h["day"](v32["on"],x.bare))+"</span></th>\n<td data-label=\""+(x.words[349]??say(x,349))+"\"><bdi lang=\"vi\">"+escape(h["show"](v32["by"],x.bare))+"</bdi></td>\n<td data-label=\""+(x.words[350]??say(x,350))+"\">";
if(there(v32["level"])){o+=escape(h["say"](v32["level"],x.bare));
if(there(v32["dossier"])){o+=", ";
}
}
if(there(v32["dossier"])){o+=escape(h["say"](v32["dossier"],x.bare));
}
if(there(v32["document"])){o+="<br>"+t["document"](x,v32["document"]);
}
if(there(v32["note"])){o+="<br><bdi lang=\"vi\">"+escape(h["show"](v32["note"],{hash:{"max":500},data:x}))+"</bdi>";
}
o+="</td>\n</tr>\n";
}
o+="</tbody>\n</table>\n";
}
o+="</div>";
return o;},
"life-due":(x,c)=>{let o="";
o+="<span class=\"nowrap\">"+escape(h["day"](c["due"]["on"],x.bare))+"</span>, "+(x.words[351]??say(x,351))+" "+escape(h["text"](c["due"]["source"],x.bare));
if(there(c["due"]["place"])){o+=" (<bdi lang=\"vi\">"+escape(h["show"](c["due"]["place"],x.bare))+"</bdi>)";
}
return o;},
"life-finding":(x,c)=>{let o="";
o+="<article class=\"life\" id=\""+escape(strict(c,"anchor"))+"\">\n<h4>";
if(there(c["seenAt"])){o+="<a href=\"#"+escape(strict(c,"seenAt"))+"\">"+escape(h["text"](c["title"],x.bare))+"</a>";
}else{o+=escape(h["text"](c["title"],x.bare));
}
o+="</h4>\n<p class=\"life-head\">"+t["mark"](x,c["state"])+" <span class=\"quiet\">"+escape(h["say"](c["severity"],x.bare))+" · <bdi class=\"target\">"+escape(h["show"](c["target"],{hash:{"max":120},data:x}))+"</bdi></span></p>\n"+t["life-strip"](x,c["strip"])+"<p class=\"quiet\">"+(x.words[352]??say(x,352))+" <span class=\"nowrap\">"+escape(h["day"](c["firstSeen"],x.bare))+"</span> ("+escape(h["t"]("life.age",{hash:{"n":c["ageDays"]},data:x}))+"); "+(x.words[353]??say(x,353))+" <span class=\"nowrap\">"+escape(h["day"](c["lastFailed"],x.bare))+"</span>";
if(there(c["recurrences"])){o+="; "+escape(h["t"]("life.recurred",{hash:{"n":c["recurrences"]},data:x}));
}
if(there(c["refuted"])){o+="; "+escape(h["t"]("life.refuted",{hash:{"n":c["refuted"]},data:x}));
}
o+=".</p>\n";
if(there(c["due"])){o+="<p class=\"quiet\">";
if(there(c["daysLate"])){o+="<strong class=\"late\">"+escape(h["t"]("life.late",{hash:{"n":c["daysLate"]},data:x}))+"</strong> ";
}
o+=(x.words[354]??say(x,354))+" "+t["life-due"](x,{"due":c["due"]})+".</p>";
}
o+="\n";
if(there(c["passed"])){o+="<p class=\"quiet\">"+(x.words[355]??say(x,355))+" "+t["life-due"](x,{"due":c["passed"]})+".</p>";
}
o+="\n";
if(there(c["word"])){o+="<p class=\"quiet\">"+(x.words[356]??say(x,356))+" <bdi lang=\"vi\">"+escape(h["show"](c["word"]["by"],{hash:{"max":80},data:x}))+"</bdi>, <time datetime=\""+escape(strict(c["word"],"at"))+"\">"+escape(h["instant"](c["word"]["at"],x.bare))+"</time>: "+escape(h["say"](c["word"]["word"],x.bare));
if(there(c["word"]["document"])){o+=" · "+(x.words[357]??say(x,357))+" <bdi lang=\"vi\">"+escape(h["show"](c["word"]["document"],{hash:{"max":80},data:x}))+"</bdi>";
}
o+=".</p>";
}
o+="\n";
if(there(c["aside"])){o+="<p class=\"quiet\">"+(x.words[358]??say(x,358))+" <span class=\"nowrap\">"+escape(h["day"](c["aside"]["until"],x.bare))+"</span>: <q lang=\"vi\">"+escape(h["show"](c["aside"]["reason"],x.bare))+"</q> "+(x.words[359]??say(x,359))+" <bdi lang=\"vi\">"+escape(h["show"](c["aside"]["requestedBy"],{hash:{"max":80},data:x}))+"</bdi>, "+(x.words[360]??say(x,360))+" <bdi lang=\"vi\">"+escape(h["show"](c["aside"]["approvedBy"],{hash:{"max":80},data:x}))+"</bdi>";
if(there(c["aside"]["document"])){o+=" · "+(x.words[357]??say(x,357))+" <bdi lang=\"vi\">"+escape(h["show"](c["aside"]["document"],{hash:{"max":80},data:x}))+"</bdi>";
}
o+=".</p>";
}
o+="\n";
if(there(c["history"])){o+=t["life-history"](x,{"history":c["history"],"earlier":c["earlier"]});
}
o+="\n</article>";
return o;},
"life-history":(x,c)=>{let o="";
o+="<details class=\"life-history\">\n<summary>"+escape(h["t"]("life.history",{hash:{"n":c["history"]["length"]},data:x}))+"</summary>\n";
if(there(c["earlier"])){o+="<p class=\"quiet\">"+escape(h["t"]("life.earlier",{hash:{"n":c["earlier"]},data:x}))+"</p>";
}
o+="\n<ol class=\"plain-list\">\n";
const v0=items(c["history"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<li><time datetime=\""+escape(v2["at"])+"\">"+escape(h["instant"](v2["at"],x.bare))+"</time>";
if(there(v2["by"])){o+=" <bdi lang=\"vi\">"+escape(h["show"](v2["by"],{hash:{"max":80},data:x}))+"</bdi>";
}
o+=": "+escape(h["say"](v2["what"],x.bare));
if(there(v2["renamed"])){o+=" <bdi>"+escape(h["show"](v2["renamed"]["from"],{hash:{"max":120},data:x}))+"</bdi> → <bdi>"+escape(h["show"](v2["renamed"]["to"],{hash:{"max":120},data:x}))+"</bdi>";
}
if(there(v2["to"])){o+=":";
if(there(v2["from"])){o+=" "+escape(h["say"](v2["from"],x.bare))+" →";
}
o+=" "+escape(h["say"](v2["to"],x.bare));
}
if(there(v2["because"])){o+=" ("+escape(h["say"](v2["because"],x.bare))+")";
}
if(there(v2["until"])){o+=" "+(x.words[361]??say(x,361))+" "+escape(h["day"](v2["until"],x.bare));
}
if(there(v2["text"])){o+=" <q lang=\"vi\">"+escape(h["show"](v2["text"],x.bare))+"</q>";
}
if(there(v2["approvedBy"])){o+=" "+(x.words[360]??say(x,360))+" <bdi lang=\"vi\">"+escape(h["show"](v2["approvedBy"],{hash:{"max":80},data:x}))+"</bdi>";
}
if(there(v2["document"])){o+=" · "+(x.words[357]??say(x,357))+" <bdi lang=\"vi\">"+escape(h["show"](v2["document"],{hash:{"max":80},data:x}))+"</bdi>";
}
o+="</li>\n";
}
o+="</ol>\n</details>";
return o;},
"life-named":(x,c)=>{let o="";
o+="<svg class=\"mark tone-"+escape(strict(c,"tone"))+"\" aria-hidden=\"true\" focusable=\"false\"><use href=\"#m-"+escape(strict(c,"tone"))+"\"/></svg> <a href=\"#"+escape(strict(c,"anchor"))+"\">"+escape(h["text"](c["title"],x.bare))+"</a> <span class=\"quiet\"><bdi>"+escape(h["show"](c["target"],{hash:{"max":80},data:x}))+"</bdi></span>";
return o;},
"life-organisation":(x,c)=>{let o="";
o+="<section class=\"lives\" aria-labelledby=\"dien-bien\">\n<h2 id=\"dien-bien\">"+(x.words[362]??say(x,362))+"</h2>\n";
if(there(c["single"])){o+="<p class=\"empty\">"+(x.words[372]??say(x,372))+"</p>\n";
}else{o+=""+t["life-sprite"](x,undefined)+""+t["life-since"](x,c["since"])+""+t["trend-figure"](x,c["figure"])+"<table class=\"data stack moved\">\n<caption>"+(x.words[363]??say(x,363))+" <span class=\"nowrap\">"+escape(h["day"](c["since"]["day"],x.bare))+"</span></caption>\n<thead><tr><th scope=\"col\">"+(x.words[20]??say(x,20))+"</th><th scope=\"col\">"+(x.words[364]??say(x,364))+"</th><th scope=\"col\" class=\"n\">"+(x.words[365]??say(x,365))+"</th><th scope=\"col\" class=\"n\">"+(x.words[366]??say(x,366))+"</th><th scope=\"col\" class=\"n\">"+(x.words[367]??say(x,367))+"</th><th scope=\"col\" class=\"n\">"+(x.words[368]??say(x,368))+"</th></tr></thead>\n<tbody>\n";
const v0=items(c["systems"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<tr>\n<th scope=\"row\"><a href=\""+escape(h["link"](v2["ref"],x.bare))+"\">"+t["name"](x,{"name":v2["name"]})+"</a></th>\n<td data-label=\""+(x.words[364]??say(x,364))+"\"><div>"+t["life-standing"](x,v2["standing"])+"</div></td>\n<td class=\"n\" data-label=\""+(x.words[365]??say(x,365))+"\">"+escape(h["num"](v2["late"],x.bare))+"</td>\n<td class=\"n\" data-label=\""+(x.words[366]??say(x,366))+"\">"+escape(h["num"](v2["fixed"],x.bare))+"</td>\n<td class=\"n\" data-label=\""+(x.words[367]??say(x,367))+"\">"+escape(h["num"](v2["reopened"],x.bare))+"</td>\n<td class=\"n\" data-label=\""+(x.words[368]??say(x,368))+"\">"+escape(h["say"](v2["coverage"],x.bare))+"<span class=\"under\">"+(x.words[369]??say(x,369))+" "+escape(h["say"](v2["coverageBefore"],x.bare))+"</span></td>\n</tr>\n";
}
o+="</tbody>\n</table>\n<h3>"+(x.words[370]??say(x,370))+"</h3>\n";
if(there(c["overdue"])){o+=""+t["life-overdue"](x,{"overdue":c["overdue"],"more":c["moreOverdue"]})+"";
}else{o+="<p class=\"empty\">"+(x.words[371]??say(x,371))+"</p>\n";
}
o+="";
}
o+="</section>";
return o;},
"life-overdue":(x,c)=>{let o="";
o+="<table class=\"data stack overdue\">\n<caption>"+(x.words[373]??say(x,373))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[374]??say(x,374))+"</th><th scope=\"col\">"+(x.words[375]??say(x,375))+"</th><th scope=\"col\" class=\"n\">"+(x.words[376]??say(x,376))+"</th></tr></thead>\n<tbody>\n";
const v0=items(c["overdue"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<tr>\n<th scope=\"row\">";
if(there(h["reaches"](v2["ref"],x.bare))){o+="<a href=\""+escape(h["link"](v2["ref"],x.bare))+"\">"+escape(h["text"](v2["title"],x.bare))+"</a>";
}else{o+=escape(h["text"](v2["title"],x.bare));
}
o+="<span class=\"under\">"+t["name"](x,{"name":v2["system"]})+"</span></th>\n<td data-label=\""+(x.words[375]??say(x,375))+"\"><div>"+t["life-due"](x,{"due":v2["due"]})+"</div></td>\n<td class=\"n\" data-label=\""+(x.words[376]??say(x,376))+"\">"+escape(h["num"](v2["daysLate"],x.bare))+"</td>\n</tr>\n";
}
o+="</tbody>\n</table>\n";
if(there(c["more"])){o+="<p class=\"quiet\">"+escape(h["t"]("life.more-such",{hash:{"n":c["more"]},data:x}))+"</p>";
}
return o;},
"life-province":(x,c)=>{let o="";
o+="<section class=\"lives\" aria-labelledby=\"dien-bien\">\n<h2 id=\"dien-bien\">"+(x.words[377]??say(x,377))+"</h2>\n";
if(there(c["single"])){o+="<p class=\"empty\">"+(x.words[372]??say(x,372))+"</p>\n";
}else{o+=""+t["life-sprite"](x,undefined)+""+t["life-since"](x,c["since"])+"<dl class=\"facts results\">\n<div><dt>"+(x.words[378]??say(x,378))+"</dt><dd>";
if(there(c["mended"])){o+="<b>"+escape(h["t"]("life.days",{hash:{"n":c["meanDays"]},data:x}))+"</b> "+escape(h["t"]("life.result.mended",{hash:{"n":c["mended"]},data:x}));
}else{o+=(x.words[379]??say(x,379));
}
o+="</dd></div>\n<div><dt>"+(x.words[380]??say(x,380))+"</dt><dd>";
if(there(c["late"]["n"])){o+="<b>"+escape(h["t"]("life.result.late-of",{hash:{"n":c["late"]["n"],"total":c["toMend"]},data:x}))+"</b>"+(x.words[3]??say(x,3))+" "+escape(h["t"]("life.result.late-days",{hash:{"mean":c["late"]["mean"],"most":c["late"]["most"]},data:x}));
}else{o+=(x.words[371]??say(x,371));
}
o+="</dd></div>\n<div><dt>"+(x.words[381]??say(x,381))+"</dt><dd>"+escape(h["t"]("life.result.aside-n",{hash:{"n":c["setAside"]},data:x}));
if(there(c["lapsing"])){o+="<p>"+(x.words[383]??say(x,383))+"</p><ul class=\"links\">";
const v0=items(c["lapsing"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<li><span class=\"nowrap\">"+escape(h["day"](v2["until"],x.bare))+"</span> ("+escape(h["t"]("life.in-days",{hash:{"n":v2["days"]},data:x}))+"): <a href=\""+escape(h["link"](v2["ref"],x.bare))+"\">"+escape(h["text"](v2["title"],x.bare))+"</a> <span class=\"quiet\">"+t["name"](x,{"name":v2["system"]})+", "+escape(h["say"](v2["as"],x.bare))+"</span></li>";
}
o+="</ul>";
if(there(c["moreLapsing"])){o+="<p class=\"quiet\">"+escape(h["t"]("life.more-such",{hash:{"n":c["moreLapsing"]},data:x}))+"</p>";
}
}else{o+="<p>"+(x.words[382]??say(x,382))+"</p>";
}
o+="</dd></div>\n</dl>\n"+t["trend-figure"](x,c["figure"])+"";
}
o+="</section>";
return o;},
"life-signs":(x,c)=>{let o="";
o+="<span class=\"signs\"><span class=\"sign\"><svg class=\"key\" width=\"12\" height=\"12\" aria-hidden=\"true\" focusable=\"false\"><use href=\"#k-fail\"/></svg>"+(x.words[384]??say(x,384))+"</span> <span class=\"sign\"><svg class=\"key\" width=\"12\" height=\"12\" aria-hidden=\"true\" focusable=\"false\"><use href=\"#k-pass\"/></svg>"+(x.words[385]??say(x,385))+"</span> <span class=\"sign\"><svg class=\"key\" width=\"12\" height=\"12\" aria-hidden=\"true\" focusable=\"false\"><use href=\"#k-not-observed\"/></svg>"+(x.words[261]??say(x,261))+"</span> <span class=\"sign\"><svg class=\"key\" width=\"12\" height=\"12\" aria-hidden=\"true\" focusable=\"false\"><use href=\"#k-not-applicable\"/></svg>"+(x.words[386]??say(x,386))+"</span> <span class=\"sign\"><svg class=\"key\" width=\"12\" height=\"12\" aria-hidden=\"true\" focusable=\"false\"><use href=\"#k-gone\"/></svg>"+(x.words[387]??say(x,387))+"</span></span>";
return o;},
"life-since":(x,c)=>{let o="";
o+="<p class=\"since\">"+(x.words[388]??say(x,388))+" <span class=\"nowrap\">"+escape(h["day"](c["day"],x.bare))+"</span>"+(x.words[3]??say(x,3))+" "+t["life-standing"](x,c["standing"])+"</p>\n<ul class=\"counts since-counts\">\n";
const v0=items(c["changes"]);if(v0.length>0){for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<li class=\"tone-"+escape(v2["tone"])+"\"><svg class=\"mark\" aria-hidden=\"true\" focusable=\"false\"><use href=\"#m-"+escape(v2["tone"])+"\"/></svg><b>"+escape(h["num"](v2["n"],x.bare))+"</b> "+escape(h["say"](v2["word"],x.bare))+"</li>\n";
}}else{o+="<li>"+(x.words[389]??say(x,389))+"</li>\n";
}
o+="</ul>\n";
if(there(c["reading"])){o+="<p class=\"reading\"><span aria-hidden=\"true\">◆</span> "+escape(h["say"](c["reading"],x.bare))+"</p>";
}
return o;},
"life-sprite":(x,c)=>{let o="";
o+="<svg class=\"sprite\" width=\"0\" height=\"0\" aria-hidden=\"true\" focusable=\"false\">\n<defs>\n<symbol id=\"t-up\" viewBox=\"0 0 16 16\"><path d=\"M8 14.5V2.5M3 7.5 8 2.5 13 7.5\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"/></symbol>\n<symbol id=\"t-down\" viewBox=\"0 0 16 16\"><path d=\"M8 1.5V13.5M3 8.5 8 13.5 13 8.5\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"/></symbol>\n<symbol id=\"k-pass\" viewBox=\"0 0 12 12\"><circle class=\"paint-met\" cx=\"6\" cy=\"6\" r=\"3.75\"/></symbol>\n<marker id=\"s-pass\" markerUnits=\"userSpaceOnUse\" markerWidth=\"12\" markerHeight=\"12\" refX=\"6\" refY=\"6\"><use href=\"#k-pass\" width=\"12\" height=\"12\"/></marker>\n<symbol id=\"k-fail\" viewBox=\"0 0 12 12\"><path class=\"paint-not-met\" d=\"M6 1.5 11 10.5H1Z\"/></symbol>\n<marker id=\"s-fail\" markerUnits=\"userSpaceOnUse\" markerWidth=\"12\" markerHeight=\"12\" refX=\"6\" refY=\"6\"><use href=\"#k-fail\" width=\"12\" height=\"12\"/></marker>\n<symbol id=\"k-not-observed\" viewBox=\"0 0 12 12\"><circle class=\"line-unproven dashed\" cx=\"6\" cy=\"6\" r=\"3.5\"/></symbol>\n<marker id=\"s-not-observed\" markerUnits=\"userSpaceOnUse\" markerWidth=\"12\" markerHeight=\"12\" refX=\"6\" refY=\"6\"><use href=\"#k-not-observed\" width=\"12\" height=\"12\"/></marker>\n<symbol id=\"k-not-applicable\" viewBox=\"0 0 12 12\"><path class=\"line-not-applicable\" d=\"M3 6H9\"/></symbol>\n<marker id=\"s-not-applicable\" markerUnits=\"userSpaceOnUse\" markerWidth=\"12\" markerHeight=\"12\" refX=\"6\" refY=\"6\"><use href=\"#k-not-applicable\" width=\"12\" height=\"12\"/></marker>\n<symbol id=\"k-gone\" viewBox=\"0 0 12 12\"><path class=\"line-ink\" d=\"M3 3 9 9M9 3 3 9\"/></symbol>\n<marker id=\"s-gone\" markerUnits=\"userSpaceOnUse\" markerWidth=\"12\" markerHeight=\"12\" refX=\"6\" refY=\"6\"><use href=\"#k-gone\" width=\"12\" height=\"12\"/></marker>\n<pattern id=\"t-unseen\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect class=\"paint-ground\" width=\"4\" height=\"4\"/><rect class=\"paint-unproven\" width=\"1.5\" height=\"4\"/></pattern>\n<pattern id=\"t-fresh\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\"><rect class=\"paint-ground\" width=\"4\" height=\"4\"/><circle class=\"paint-not-met\" cx=\"2\" cy=\"2\" r=\"0.8\"/></pattern>\n<pattern id=\"t-low\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(-45)\"><rect class=\"paint-rule\" width=\"1\" height=\"6\"/></pattern>\n</defs>\n</svg>";
return o;},
"life-standing":(x,c)=>{let o="";
o+="<b class=\"figure\">"+escape(h["num"](c["toMend"],x.bare))+"</b> "+(x.words[390]??say(x,390))+" ";
if(there(c["more"])){o+="<span class=\"marked tone-not-met\"><svg class=\"mark\" aria-hidden=\"true\" focusable=\"false\"><use href=\"#t-up\"/></svg>"+escape(h["t"]("life.more",{hash:{"n":c["more"]},data:x}))+"</span>";
}else{if(there(c["fewer"])){o+="<span class=\"marked tone-met\"><svg class=\"mark\" aria-hidden=\"true\" focusable=\"false\"><use href=\"#t-down\"/></svg>"+escape(h["t"]("life.fewer",{hash:{"n":c["fewer"]},data:x}))+"</span>";
}else{o+="<span class=\"quiet\">"+(x.words[391]??say(x,391))+"</span>";
}
}
if(there(c["unseen"])){o+=" <span class=\"marked tone-unproven\"><svg class=\"mark\" aria-hidden=\"true\" focusable=\"false\"><use href=\"#m-unproven\"/></svg>"+escape(h["t"]("life.unseen",{hash:{"n":c["unseen"]},data:x}))+"</span>";
}
return o;},
"life-strip":(x,c)=>{let o="";
o+="<svg class=\"strip\" role=\"img\" width=\""+escape(strict(c,"width"))+"\" height=\"12\" viewBox=\"0 0 "+escape(strict(c,"width"))+" 12\"><title>"+escape(h["say"](c["title"],x.bare))+"</title><desc>";
const v0=items(c["said"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+=escape(h["num"](v2["n"],x.bare))+" "+escape(h["say"](v2["word"],x.bare));
if(!there(v1===v0.length-1)){o+=", ";
}
}
o+="</desc>";
const v3=items(c["paths"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<path marker-start=\"url(#s-"+escape(v5["mark"])+")\" marker-mid=\"url(#s-"+escape(v5["mark"])+")\" marker-end=\"url(#s-"+escape(v5["mark"])+")\" d=\""+escape(v5["d"])+"\"/>";
}
o+="</svg>";
return o;},
"life-system":(x,c)=>{let o="";
o+="<section class=\"lives\" aria-labelledby=\"dien-bien\">\n<h2 id=\"dien-bien\">"+(x.words[392]??say(x,392))+"</h2>\n";
if(there(c["single"])){o+="<p class=\"empty\">"+(x.words[372]??say(x,372))+"</p>\n";
}else{o+=""+t["life-sprite"](x,undefined)+"";
if(there(c["none"])){o+="<p class=\"empty\">"+(x.words[396]??say(x,396))+"</p>\n";
}else{o+=""+t["life-since"](x,c["since"])+"";
if(there(c["fixed"])){o+="<h3>"+(x.words[393]??say(x,393))+"</h3><ul class=\"links named\">";
const v0=items(c["fixed"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<li>"+t["life-named"](x,Object.assign({},v2,{"tone":"met"}))+"</li>";
}
o+="</ul>";
}
o+="\n";
if(there(c["reopened"])){o+="<h3>"+(x.words[394]??say(x,394))+"</h3><ul class=\"links named\">";
const v3=items(c["reopened"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<li>"+t["life-named"](x,Object.assign({},v5,{"tone":"not-met"}))+"</li>";
}
o+="</ul>";
}
o+="\n"+t["trend-figure"](x,c["figure"])+"<p class=\"lead strips\">"+escape(h["t"]("life.strips",{hash:{"n":c["axis"]["runs"]},data:x}))+" <span class=\"nowrap\">"+escape(h["day"](c["axis"]["from"],x.bare))+"</span> – <span class=\"nowrap\">"+escape(h["day"](c["axis"]["to"],x.bare))+"</span>. "+t["life-signs"](x,undefined)+"</p>\n";
const v6=items(c["groups"]);if(v6.length>0){for(let v7=0;v7<v6.length;v7++){const v8=v6[v7];o+="<div class=\"life-group\">\n<h3>"+escape(h["change"](v8["title"],x.bare))+" <span class=\"quiet\">"+escape(h["t"]("life.findings",{hash:{"n":v8["lives"]["length"]},data:x}))+"</span></h3>\n";
const v9=items(v8["lives"]);for(let v10=0;v10<v9.length;v10++){const v11=v9[v10];o+=t["life-finding"](x,v11);
}
o+="\n</div>\n";
}}else{o+="<p class=\"empty\">"+(x.words[395]??say(x,395))+"</p>\n";
}
o+="";
if(there(c["aside"])){o+="<details class=\"life-group\"><summary><h3>"+escape(h["t"]("life.set-aside",{hash:{"n":c["aside"]["length"]},data:x}))+"</h3></summary>";
const v12=items(c["aside"]);for(let v13=0;v13<v12.length;v13++){const v14=v12[v13];o+=t["life-finding"](x,v14);
}
o+="</details>";
}
o+="\n";
if(there(c["over"])){o+="<details class=\"life-group\"><summary><h3>"+escape(h["t"]("life.over",{hash:{"n":c["over"]["length"]},data:x}))+"</h3></summary>";
const v15=items(c["over"]);for(let v16=0;v16<v15.length;v16++){const v17=v15[v16];o+=t["life-finding"](x,v17);
}
o+="</details>";
}
o+="\n";
}
o+="";
}
o+="</section>";
return o;},
"mark-only":(x,c)=>{let o="";
o+="<svg class=\"mark tone-"+escape(strict(c,"tone"))+"\" role=\"img\" aria-label=\""+escape(h["say"](c["word"],x.bare))+"\"><use href=\"#m-"+escape(strict(c,"tone"))+"\"/></svg>";
return o;},
"mark":(x,c)=>{let o="";
o+="<span class=\"marked tone-"+escape(strict(c,"tone"))+"\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-"+escape(strict(c,"tone"))+"\"/></svg>"+t["term"](x,{"word":c["word"]})+"</span>";
return o;},
"meanings":(x,c)=>{let o="";
o+="<dl class=\"facts\">\n";
const v0=items(c["items"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<div><dt id=\""+escape(v2["anchor"])+"\">"+t["mark"](x,{"tone":v2["tone"],"word":v2["word"]})+"</dt><dd>"+escape(h["say"](v2["means"],x.bare))+"</dd></div>\n";
}
o+="</dl>";
return o;},
"mended":(x,c)=>{let o="";
o+="<ul class=\"mended\">\n";
const v0=items(c["list"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<li><strong>"+escape(h["text"](v2["title"],x.bare))+"</strong> <span class=\"quiet\">";
const v3=items(v2["places"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<a href=\""+escape(h["link"](v5["system"]["ref"],x.bare))+"\">"+t["name"](x,{"name":v5["system"]["name"]})+"</a> (<bdi class=\"target\">"+escape(h["show"](v5["target"],{hash:{"max":80},data:x}))+"</bdi>, "+escape(h["day"](v5["on"],x.bare))+")";
if(!there(v4===v3.length-1)){o+="; ";
}
}
if(there(v2["more"])){o+="; "+escape(h["t"]("report.and-more",{hash:{"n":v2["more"]},data:x}));
}
o+="</span></li>\n";
}
o+="</ul>";
return o;},
"name":(x,c)=>{let o="";
o+="<bdi";
if(there(h["foreign"](c["name"],x.bare))){o+=" lang=\""+escape(h["nameLang"](c["name"],x.bare))+"\"";
}
o+=">"+escape(h["name"](c["name"],x.bare))+"</bdi>";
return o;},
"obligation-rows":(x,c)=>{let o="";
o+="<table class=\"data stack obligations\">\n<caption>"+(x.words[397]??say(x,397))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[398]??say(x,398))+"</th><th scope=\"col\">"+(x.words[399]??say(x,399))+"</th><th scope=\"col\">"+(x.words[400]??say(x,400))+"</th><th scope=\"col\">"+(x.words[401]??say(x,401))+"</th></tr></thead>\n<tbody>\n";
const v0=items(c["rows"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<tr>\n<th scope=\"row\">"+escape(h["text"](v2["title"],x.bare))+"<span class=\"under\">"+escape(h["text"](v2["asks"],x.bare))+"</span></th>\n<td data-label=\""+(x.words[399]??say(x,399))+"\">"+t["mark"](x,v2["mark"]);
if(there(v2["because"])){o+="<span class=\"under\">"+escape(h["say"](v2["because"],x.bare))+"</span>";
}
if(there(v2["evidenceAt"])){o+="<span class=\"under\"><time datetime=\""+escape(v2["evidenceAt"])+"\">"+escape(h["instant"](v2["evidenceAt"],x.bare))+"</time></span>";
}
if(there(v2["coverage"]["needed"])){o+="<span class=\"under\">"+t["coverage"](x,v2["coverage"])+"</span>";
}
o+="</td>\n<td data-label=\""+(x.words[400]??say(x,400))+"\"><bdi lang=\"vi\">"+escape(h["show"](v2["instrument"],x.bare))+"</bdi>";
if(there(v2["clause"])){o+=", <bdi lang=\"vi\">"+escape(h["show"](v2["clause"],x.bare))+"</bdi>";
}
o+="<span class=\"under\">"+escape(h["say"](v2["certainty"],x.bare));
if(there(v2["equivalent"])){o+="; "+(x.words[402]??say(x,402));
}
o+="</span></td>\n<td data-label=\""+(x.words[401]??say(x,401))+"\">";
if(there(v2["behind"])){o+="<ul class=\"links\">";
const v3=items(v2["behind"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<li>"+t["mark-only"](x,v5["mark"])+" <a href=\"#"+escape(v5["anchor"])+"\">"+escape(h["text"](v5["title"],x.bare))+"</a> <span class=\"quiet\"><bdi>"+escape(h["show"](v5["target"],{hash:{"max":60},data:x}))+"</bdi></span></li>";
}
o+="</ul>";
}
if(there(v2["more"])){o+="<span class=\"quiet\">"+escape(h["t"]("report.findings.more",{hash:{"n":v2["more"]},data:x}))+"</span>";
}
if(there(v2["passed"])){o+="<span class=\"under\">"+escape(h["t"]("report.obligations.passed",{hash:{"n":v2["passed"]},data:x}))+"</span>";
}
if(there(v2["manual"])){o+=escape(h["text"](v2["manual"],x.bare));
}
if(there(v2["bare"])){o+="<span class=\"none\">–</span>";
}
o+="</td>\n</tr>\n";
}
o+="</tbody>\n</table>";
return o;},
"own-tasks":(x,c)=>{let o="";
o+="<table class=\"data stack own-tasks\">\n<caption>"+(x.words[170]??say(x,170))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[171]??say(x,171))+"</th><th scope=\"col\">"+(x.words[173]??say(x,173))+"</th><th scope=\"col\">"+(x.words[174]??say(x,174))+"</th></tr></thead>\n<tbody>\n";
const v0=items(c["tasks"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<tr>\n<th scope=\"row\">"+t["task-title"](x,v2["row"])+"</th>\n<td data-label=\""+(x.words[173]??say(x,173))+"\">"+t["task-when"](x,v2["row"])+"</td>\n<td data-label=\""+(x.words[174]??say(x,174))+"\">\n<div>\n<ul class=\"plain-list task-items\">\n";
const v3=items(v2["items"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<li>\n";
if(there(v5["subject"])){o+="<p><a href=\""+escape(h["link"](v5["subject"]["ref"],x.bare))+"\">"+t["name"](x,{"name":v5["subject"]["name"]})+"</a></p>";
}
o+="\n<p>"+t["mark"](x,{"tone":v5["tone"],"word":v5["word"]})+"</p>\n<p class=\"quiet\">"+escape(h["say"](v5["because"],x.bare));
if(there(v5["failing"])){o+=" ("+escape(h["t"]("tasks.failing",{hash:{"n":v5["failing"]},data:x}))+")";
}
o+="</p>\n";
if(there(v5["claim"])){o+="<p class=\"quiet\">"+(x.words[403]??say(x,403))+": "+escape(h["day"](v5["claim"]["on"],x.bare));
if(there(v5["claim"]["document"])){o+=", "+t["document"](x,v5["claim"]["document"]);
}
o+="</p>";
}
o+="\n";
if(there(v5["seenAt"])){o+="<p class=\"quiet\">"+(x.words[404]??say(x,404))+": <time datetime=\""+escape(v5["seenAt"])+"\">"+escape(h["instant"](v5["seenAt"],x.bare))+"</time></p>";
}
o+="\n";
if(there(v5["extended"])){o+="<p class=\"quiet\">"+(x.words[405]??say(x,405))+" "+escape(h["day"](v5["extended"]["until"],x.bare))+": "+t["document"](x,v5["extended"]["document"]);
if(there(v5["original"])){o+="; "+(x.words[406]??say(x,406))+" "+escape(h["day"](v5["original"],x.bare));
}
o+="</p>";
}
o+="\n";
if(there(v5["trigger"])){o+="<p class=\"quiet\">"+(x.words[407]??say(x,407))+": "+t["document"](x,v5["trigger"])+"</p>";
}
o+="\n";
if(there(v5["coverage"]["needed"])){o+="<p class=\"quiet\">"+t["coverage"](x,v5["coverage"])+"</p>";
}
o+="\n";
if(there(v5["note"])){o+="<p class=\"quiet\">"+(x.words[408]??say(x,408))+": <bdi lang=\"vi\">"+escape(h["show"](v5["note"],x.bare))+"</bdi></p>";
}
o+="\n</li>\n";
}
o+="</ul>\n"+t["six-clear"](x,v2["row"])+"</div>\n</td>\n</tr>\n";
}
o+="</tbody>\n</table>";
return o;},
"ports":(x,c)=>{let o="";
o+="<div class=\"panel\">\n<p class=\"meta\">";
if(there(c["builtIn"])){o+=(x.words[410]??say(x,410));
}else{o+=(x.words[409]??say(x,409))+" <bdi>"+escape(h["show"](c["engine"],x.bare))+"</bdi>";
}
o+=" · "+escape(h["t"]("report.ports.counts",{hash:{"open":c["open"]["length"],"closed":c["closed"],"silent":c["silent"]},data:x}))+" · <time datetime=\""+escape(strict(c,"at"))+"\">"+escape(h["instant"](c["at"],x.bare))+"</time></p>\n";
if(there(c["offZone"])){o+="<p><strong>"+(x.words[411]??say(x,411))+"</strong></p>";
}
o+="\n";
if(there(c["open"])){o+="<table class=\"data stack\">\n<caption>"+(x.words[412]??say(x,412))+"</caption>\n<thead><tr><th scope=\"col\" class=\"n\">"+(x.words[413]??say(x,413))+"</th><th scope=\"col\">"+(x.words[414]??say(x,414))+"</th><th scope=\"col\">"+(x.words[415]??say(x,415))+"</th><th scope=\"col\">"+(x.words[416]??say(x,416))+"</th></tr></thead>\n<tbody>\n";
const v0=items(c["open"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<tr><th scope=\"row\" class=\"n\">"+escape(v2["port"])+"</th><td data-label=\""+(x.words[414]??say(x,414))+"\"><bdi>"+escape(h["show"](v2["service"],x.bare))+"</bdi>";
if(there(v2["tls"])){o+=" (TLS)";
}
o+="</td><td data-label=\""+(x.words[415]??say(x,415))+"\"><bdi>"+escape(h["show"](v2["product"],x.bare))+"</bdi>";
if(there(v2["banner"])){o+="<code class=\"value\"><bdi>"+escape(h["show"](v2["banner"],{hash:{"max":120},data:x}))+"</bdi></code>";
}
o+="</td><td data-label=\""+(x.words[416]??say(x,416))+"\">";
if(there(v2["declared"])){o+=escape(h["say"](v2["word"],x.bare));
}else{o+="<strong>"+escape(h["say"](v2["word"],x.bare))+"</strong>";
}
o+="</td></tr>\n";
}
o+="</tbody>\n</table>\n";
}
o+="";
if(there(c["missing"])){o+="<p>"+(x.words[417]??say(x,417))+" ";
const v3=items(c["missing"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+=escape(v5);
if(!there(v4===v3.length-1)){o+=", ";
}
}
o+=".</p>";
}
o+="\n";
if(there(c["udp"])){o+="";
if(there(c["udp"]["hindrance"])){o+="<p>"+(x.words[419]??say(x,419))+" "+escape(h["say"](c["udp"]["hindrance"]["word"],x.bare))+" <span class=\"quiet\"><bdi>"+escape(h["show"](c["udp"]["hindrance"]["detail"],x.bare))+"</bdi></span></p>\n";
}else{o+="<p class=\"meta\">"+(x.words[418]??say(x,418))+" <code>"+escape(h["show"](c["udp"]["asked"],x.bare))+"</code>: "+escape(h["t"]("report.ports.counts",{hash:{"open":c["udp"]["open"]["length"],"closed":c["udp"]["closed"],"silent":c["udp"]["silent"]},data:x}))+"</p>\n";
if(there(c["udp"]["open"])){o+="<ul>\n";
const v6=items(c["udp"]["open"]);for(let v7=0;v7<v6.length;v7++){const v8=v6[v7];o+="<li><strong>"+escape(h["t"]("report.ports.udp-port",{hash:{"n":v8["port"]},data:x}))+"</strong> <bdi>"+escape(h["show"](v8["service"],x.bare))+"</bdi>";
const v9=items(v8["told"]);for(let v10=0;v10<v9.length;v10++){const v11=v9[v10];o+=" · "+escape(h["say"](v11,x.bare));
}
if(there(v8["words"])){o+=" <code class=\"value\"><bdi>"+escape(h["show"](v8["words"],{hash:{"max":120},data:x}))+"</bdi></code>";
}
o+="</li>\n";
}
o+="</ul>\n";
}
o+="";
}
o+="";
}
o+="<p class=\"quiet\">"+(x.words[420]??say(x,420))+" <code>"+escape(h["show"](c["asked"],x.bare))+"</code></p>\n</div>";
return o;},
"proofs":(x,c)=>{let o="";
const v0=items(c["list"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<div class=\"failed\">\n<p class=\"failed-title\"><strong>"+escape(h["text"](v2["title"],x.bare))+"</strong> <span class=\"quiet\">"+escape(h["say"](v2["severity"],x.bare))+" · <code>"+escape(h["show"](v2["id"],x.bare))+"</code></span></p>\n";
const v3=items(v2["proofs"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<div class=\"finding\"";
if(there(v5["anchor"])){o+=" id=\""+escape(v5["anchor"])+"\"";
}
o+=">\n<p class=\"finding-target\"><bdi class=\"target\">"+escape(h["show"](v5["target"],x.bare))+"</bdi> <span class=\"quiet\"><time datetime=\""+escape(v5["at"])+"\">"+escape(h["instant"](v5["at"],x.bare))+"</time>"+(x.words[3]??say(x,3))+" "+(x.words[183]??say(x,183))+" "+t["name"](x,{"name":c["zone"]});
if(there(v5["often"])){o+=" · "+escape(h["say"](v5["often"],x.bare));
}
o+="</span></p>\n<ul class=\"evidence\">\n";
const v6=items(v5["evidence"]);for(let v7=0;v7<v6.length;v7++){const v8=v6[v7];o+="<li>"+escape(h["text"](v8["because"],x.bare));
const v9=items(v8["seen"]);for(let v10=0;v10<v9.length;v10++){const v11=v9[v10];o+="<span class=\"saw\"><span class=\"where-at\" title=\""+escape(h["show"](v11["at"],{hash:{"max":200},data:x}))+"\">";
const v12=items(v11["steps"]);for(let v13=0;v13<v12.length;v13++){const v14=v12[v13];o+=escape(h["stepWord"](v14,x.bare));
if(!there(v13===v12.length-1)){o+=" › ";
}
}
o+="</span> <code><bdi>"+escape(h["show"](v11["saw"],x.bare))+"</bdi></code></span>";
}
o+="</li>\n";
}
o+="</ul>\n";
if(there(v5["more"])){o+="<p class=\"quiet\">"+escape(h["t"]("report.findings.more",{hash:{"n":v5["more"]},data:x}))+"</p>";
}
o+="\n";
if(there(v5["id"])){o+="<p class=\"quiet\">"+(x.words[421]??say(x,421))+" <code>"+escape(v5["id"])+"</code>";
if(there(v5["fingerprint"])){o+=" · "+(x.words[422]??say(x,422))+" <code>"+escape(h["show"](v5["fingerprint"],x.bare))+"</code>";
}
o+="</p>";
}
o+="\n</div>\n";
}
o+="";
if(there(v2["moreProofs"])){o+="<p class=\"quiet\">"+escape(h["t"]("owner.remedy.more-proofs",{hash:{"n":v2["moreProofs"]},data:x}))+"</p>";
}
o+="\n<p class=\"sure\"><strong>"+(x.words[423]??say(x,423))+"</strong> ";
const v15=items(v2["sure"]);for(let v16=0;v16<v15.length;v16++){const v17=v15[v16];o+=escape(h["say"](v17,x.bare))+" ";
}
o+="</p>\n";
if(there(v2["sources"])){o+="<p class=\"sources\">"+(x.words[424]??say(x,424))+" ";
const v18=items(v2["sources"]);for(let v19=0;v19<v18.length;v19++){const v20=v18[v19];o+="<span>"+escape(h["show"](v20,x.bare))+"</span>";
if(!there(v19===v18.length-1)){o+="; ";
}
}
o+="</p>";
}
o+="\n</div>\n";
}
return o;},
"remedy-wrong":(x,c)=>{let o="";
o+="<ul class=\"wrong\">\n";
const v0=items(c["list"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<li><strong>"+escape(h["text"](v2["title"],x.bare))+"</strong> <span class=\"quiet\">"+escape(h["say"](v2["severity"],x.bare));
if(there(v2["several"])){o+=" · "+escape(h["t"]("owner.remedy.places",{hash:{"n":v2["places"]},data:x}));
}
o+="</span><br>"+escape(h["text"](v2["why"],x.bare))+"</li>\n";
}
o+="</ul>";
return o;},
"remedy":(x,c)=>{let o="";
o+="<details class=\"remedy\"";
if(there(c["one"]["open"])){o+=" open";
}
o+=">\n<summary>\n<h3><span class=\"n\">"+escape(h["num"](c["one"]["n"],x.bare))+".</span> "+escape(h["change"](c["one"]["title"],x.bare))+"</h3>\n<span class=\"remedy-meta\"><span class=\"severity\">"+escape(h["say"](c["one"]["severity"],x.bare))+"</span> ";
if(there(c["alone"])){o+=escape(h["t"]("owner.remedy.places",{hash:{"n":c["one"]["places"]},data:x}));
}else{o+=escape(h["t"]("owner.assign.reach",{hash:{"systems":c["one"]["systems"],"places":c["one"]["places"]},data:x}));
}
o+=" · "+escape(h["t"]("owner.remedy.checks",{hash:{"n":c["one"]["checks"]},data:x}));
if(there(c["one"]["due"])){o+=" · "+(x.words[425]??say(x,425))+" "+t["due"](x,{"due":c["one"]["due"]});
}
o+="</span>\n</summary>\n<div class=\"remedy-body\" id=\""+escape(strict(c["one"],"anchor"))+"\">\n<h4>"+(x.words[426]??say(x,426))+"</h4>\n"+t["remedy-wrong"](x,{"list":c["one"]["wrong"]})+"";
if(there(c["one"]["alsoWrong"])){o+="<details><summary>"+escape(h["t"]("owner.remedy.wrong-more",{hash:{"n":c["one"]["alsoWrong"]["length"]},data:x}))+"</summary>"+t["remedy-wrong"](x,{"list":c["one"]["alsoWrong"]})+"</details>";
}
o+="\n<h4>"+(x.words[427]??say(x,427))+"</h4>\n<ul class=\"where\">\n";
const v0=items(c["one"]["where"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<li>";
if(there(v2["system"])){o+="<a href=\""+escape(h["link"](v2["system"]["ref"],x.bare))+"\">"+t["name"](x,{"name":v2["system"]["name"]})+"</a>: ";
}
const v3=items(v2["targets"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<bdi class=\"target\">"+escape(h["show"](v5["target"],{hash:{"max":120},data:x}))+"</bdi>";
if(there(v5["servers"])){o+=" <span class=\"quiet\">(";
const v6=items(v5["servers"]);for(let v7=0;v7<v6.length;v7++){const v8=v6[v7];o+=escape(h["say"](v8,x.bare));
if(!there(v7===v6.length-1)){o+=", ";
}
}
o+=")</span>";
}
if(!there(v4===v3.length-1)){o+=", ";
}
}
if(there(v2["more"])){o+=(x.words[3]??say(x,3))+" "+escape(h["t"]("report.and-more",{hash:{"n":v2["more"]},data:x}));
}
o+="</li>\n";
}
o+="</ul>\n<h4>"+(x.words[428]??say(x,428))+"</h4>\n";
const v9=items(c["one"]["fixes"]);for(let v10=0;v10<v9.length;v10++){const v11=v9[v10];o+="<div class=\"fix\">\n<p class=\"fix-of\"><strong>";
if(there(v11["word"])){o+=escape(h["say"](v11["word"],x.bare));
}else{o+=(x.words[429]??say(x,429));
}
o+="</strong> <span class=\"quiet\">"+escape(h["t"]("owner.remedy.places",{hash:{"n":v11["places"]},data:x}))+"</span></p>\n"+t["fix-steps"](x,{"steps":v11["steps"],"apart":v11["apart"]})+"</div>\n";
}
o+="";
if(there(c["one"]["unseenFixes"])){o+="<p>"+escape(h["t"]("owner.remedy.unseen",{hash:{"n":c["one"]["untold"]},data:x}))+"</p>\n";
const v12=items(c["one"]["unseenFixes"]);for(let v13=0;v13<v12.length;v13++){const v14=v12[v13];o+="<details class=\"fix unseen-fix\">\n<summary>"+escape(h["say"](v14["word"],x.bare))+"</summary>\n"+t["fix-steps"](x,{"steps":v14["steps"],"apart":v14["apart"]})+"</details>\n";
}
o+="";
}
o+="";
if(there(c["one"]["advised"])){}else{o+="<p class=\"none\">"+(x.words[430]??say(x,430))+"</p>";
}
o+="\n<h4>"+(x.words[431]??say(x,431))+"</h4>\n";
const v15=items(c["one"]["selfChecks"]);if(v15.length>0){for(let v16=0;v16<v15.length;v16++){const v17=v15[v16];o+="<div class=\"way\">\n<pre class=\"config command\"><code>"+escape(h["show"](v17["first"],{hash:{"max":6000},data:x}))+"</code></pre>\n<p><span class=\"quiet\">"+(x.words[433]??say(x,433))+"</span> "+escape(h["text"](v17["expect"],x.bare))+"</p>\n";
if(there(v17["others"])){o+="<details><summary>"+escape(h["t"]("owner.remedy.other-commands",{hash:{"n":v17["others"]["length"]},data:x}))+"</summary>";
const v18=items(v17["others"]);for(let v19=0;v19<v18.length;v19++){const v20=v18[v19];o+="<pre class=\"config command\"><code>"+escape(h["show"](v20,{hash:{"max":6000},data:x}))+"</code></pre>";
}
o+="</details>";
}
o+="\n</div>\n";
}}else{o+="<p class=\"none\">"+(x.words[432]??say(x,432))+"</p>\n";
}
o+="<h4>"+(x.words[434]??say(x,434))+"</h4>\n<ul class=\"notes grounds\">\n";
if(there(c["one"]["due"])){o+="<li>"+(x.words[425]??say(x,425))+" "+t["due"](x,{"due":c["one"]["due"]})+(x.words[3]??say(x,3))+" "+(x.words[436]??say(x,436))+" "+escape(h["text"](c["one"]["due"]["source"],x.bare));
if(there(c["one"]["due"]["instrument"])){o+=" (<bdi lang=\"vi\">"+escape(h["show"](c["one"]["due"]["instrument"],x.bare))+"</bdi>";
if(there(c["one"]["due"]["clause"])){o+=", <bdi lang=\"vi\">"+escape(h["show"](c["one"]["due"]["clause"],x.bare))+"</bdi>";
}
o+=")";
}
o+="</li>";
}else{o+="<li>"+(x.words[435]??say(x,435))+"</li>";
}
o+="\n";
const v21=items(c["one"]["grounds"]);if(v21.length>0){for(let v22=0;v22<v21.length;v22++){const v23=v21[v22];o+="<li><bdi lang=\"vi\">"+escape(h["show"](v23["instrument"],x.bare))+"</bdi>";
if(there(v23["clause"])){o+=", <bdi lang=\"vi\">"+escape(h["show"](v23["clause"],x.bare))+"</bdi>";
}
o+=": "+escape(h["text"](v23["title"],x.bare))+" <span class=\"quiet\">("+escape(h["say"](v23["certainty"],x.bare))+")</span></li>\n";
}}else{o+="<li>"+(x.words[437]??say(x,437))+"</li>\n";
}
o+="</ul>\n<details class=\"proofs\">\n<summary>"+escape(h["t"]("owner.remedy.proofs",{hash:{"n":c["one"]["findings"]},data:x}))+"</summary>\n"+t["proofs"](x,{"list":c["one"]["wrong"],"zone":c["one"]["zone"]})+"";
if(there(c["one"]["alsoWrong"])){o+=t["proofs"](x,{"list":c["one"]["alsoWrong"],"zone":c["one"]["zone"]});
}
o+="\n</details>\n</div>\n</details>";
return o;},
"running-head":(x,c)=>{let o="";
o+="@page{@top-left{content:\"";
if(there(c["subject"])){o+=escape(h["cssName"](c["subject"],x.bare));
}else{o+=(x.words[438]??say(x,438));
}
o+="\"}@top-right{content:\""+escape(h["cssInstant"](c["asOf"],x.bare))+"\"}@bottom-left{content:\""+(x.words[439]??say(x,439))+"\"}@bottom-right{content:\""+(x.words[440]??say(x,440))+"\\20 \" counter(page) \"\\20 /\\20 \" counter(pages)}}";
return o;},
"scan":(x,c)=>{let o="";
o+="<dl class=\"facts\">\n<div><dt>"+(x.words[441]??say(x,441))+"</dt><dd><time datetime=\""+escape(strict(c,"from"))+"\">"+escape(h["instant"](c["from"],x.bare))+"</time>";
if(there(c["to"])){o+=" – <time datetime=\""+escape(strict(c,"to"))+"\">"+escape(h["instant"](c["to"],x.bare))+"</time>";
}
if(there(c["interrupted"])){o+=" <span class=\"tag warn\">"+(x.words[442]??say(x,442))+"</span>";
}
o+="</dd></div>\n";
if(there(c["rejudgedAt"])){o+="<div><dt>"+(x.words[443]??say(x,443))+"</dt><dd><time datetime=\""+escape(strict(c,"rejudgedAt"))+"\">"+escape(h["instant"](c["rejudgedAt"],x.bare))+"</time></dd></div>";
}
o+="\n<div><dt>"+(x.words[444]??say(x,444))+"</dt><dd>"+t["name"](x,{"name":c["zone"]})+"</dd></div>\n<div><dt>"+(x.words[445]??say(x,445))+"</dt><dd>";
const v0=items(c["authorisations"]);if(v0.length>0){for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<p>"+t["document"](x,v2["document"])+". "+(x.words[447]??say(x,447))+" "+escape(h["day"](v2["from"],x.bare))+" – "+escape(h["day"](v2["until"],x.bare));
if(there(v2["hours"])){o+=(x.words[3]??say(x,3))+" "+(x.words[448]??say(x,448))+" ";
const v3=items(v2["hours"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+=escape(h["show"](v5["from"],x.bare))+"–"+escape(h["show"](v5["to"],x.bare));
if(!there(v4===v3.length-1)){o+=", ";
}
}
}
o+=".</p>";
}}else{o+="<p class=\"none\">"+(x.words[446]??say(x,446))+"</p>";
}
o+="</dd></div>\n<div><dt>"+(x.words[449]??say(x,449))+"</dt><dd>";
const v6=items(c["engines"]);if(v6.length>0){for(let v7=0;v7<v6.length;v7++){const v8=v6[v7];o+="<p>";
if(there(v8["builtIn"])){o+=escape(h["t"]("report.scan.built-in",{hash:{"n":v8["addresses"]},data:x}));
}else{o+=escape(h["t"]("report.scan.nmap",{hash:{"n":v8["addresses"]},data:x}))+" <bdi>"+escape(h["show"](v8["version"],x.bare))+"</bdi>";
}
o+="</p>";
}}else{o+="<p class=\"none\">"+(x.words[450]??say(x,450))+"</p>";
}
o+="<p>"+escape(h["say"](c["portList"]["word"],x.bare));
if(there(c["portList"]["from"])){o+=" (<bdi>"+escape(h["show"](c["portList"]["from"],x.bare))+"</bdi>)";
}
o+="</p></dd></div>\n<div><dt>"+(x.words[451]??say(x,451))+"</dt><dd>"+escape(h["t"]("report.scan.cost-line",{hash:{"addresses":c["cost"]["addresses"],"connections":c["cost"]["connections"],"peak":c["cost"]["peak"]},data:x}))+" "+(x.words[452]??say(x,452))+" "+escape(h["bytes"](c["cost"]["sent"],x.bare))+", "+(x.words[453]??say(x,453))+" "+escape(h["bytes"](c["cost"]["received"],x.bare))+".";
if(there(c["web"])){o+=" "+escape(h["t"]("report.scan.web",{hash:{"endpoints":c["web"]["endpoints"],"requests":c["web"]["requests"],"most":c["web"]["most"],"leftOut":c["web"]["leftOut"]},data:x}));
}
if(there(c["cost"]["datagrams"])){o+=" "+escape(h["t"]("report.scan.datagrams",{hash:{"n":c["cost"]["datagrams"]},data:x}));
}
if(there(c["resolver"])){o+=" "+escape(h["t"]("report.scan.resolver",{hash:{"n":c["resolver"]["queries"]},data:x}))+" <bdi>"+escape(h["show"](c["resolver"]["servers"],x.bare))+"</bdi>.";
}
if(there(c["controls"])){o+=" "+escape(h["t"]("controls.report.cost",{hash:{"connections":c["controls"]},data:x}));
}
o+="</dd></div>\n<div><dt>"+(x.words[71]??say(x,71))+"</dt><dd><code>"+escape(h["show"](c["run"],x.bare))+"</code>, <bdi>"+escape(h["show"](c["tool"],x.bare))+"</bdi></dd></div>\n<div><dt>"+(x.words[72]??say(x,72))+"</dt><dd class=\"hashes\"><p>"+(x.words[73]??say(x,73))+"<br><code>"+escape(h["show"](c["hashes"]["inventory"],x.bare))+"</code></p><p>"+(x.words[74]??say(x,74))+"<br><code>"+escape(h["show"](c["hashes"]["checks"],x.bare))+"</code></p><p>"+(x.words[75]??say(x,75))+"<br><code>"+escape(h["show"](c["hashes"]["frameworks"],x.bare))+"</code></p></dd></div>\n</dl>";
return o;},
"six-clear":(x,c)=>{let o="";
o+="<details class=\"six-clear\">\n<summary>";
if(there(c["blanks"])){o+=escape(h["t"]("tasks.clear.blanks",{hash:{"n":c["blanks"]},data:x}));
}else{o+=(x.words[454]??say(x,454));
}
o+="</summary>\n<dl class=\"small\">\n";
const v0=items(c["clear"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<div><dt>"+escape(h["say"](v2["word"],x.bare))+"</dt><dd>";
if(there(v2["blank"])){o+="<span class=\"tag warn\">"+(x.words[455]??say(x,455))+"</span>";
}
if(there(v2["before"])){o+=(x.words[196]??say(x,196))+" "+escape(h["day"](v2["before"],x.bare));
}
if(there(v2["says"])){if(there(v2["own"])){o+="<bdi lang=\"vi\">"+escape(h["text"](v2["says"],x.bare))+"</bdi> <span class=\"quiet\">("+(x.words[456]??say(x,456))+")</span>";
}else{o+=escape(h["text"](v2["says"],x.bare));
}
}
o+="</dd></div>\n";
}
o+="";
if(there(c["shows"])){o+="<div><dt>"+(x.words[457]??say(x,457))+"</dt><dd>"+escape(h["text"](c["shows"],x.bare))+"</dd></div>";
}
o+="\n</dl>\n</details>";
return o;},
"software-weak":(x,c)=>{let o="";
o+="<table class=\"data stack "+escape(strict(c,"class"))+"\">\n<caption>"+escape(h["say"](c["caption"],x.bare))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[458]??say(x,458))+"</th><th scope=\"col\">"+(x.words[459]??say(x,459))+"</th><th scope=\"col\">"+(x.words[460]??say(x,460))+"</th></tr></thead>\n<tbody>\n";
const v0=items(c["rows"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<tr>\n<th scope=\"row\"><bdi>"+escape(h["show"](v2["product"],x.bare))+"</bdi> <bdi>"+escape(h["show"](v2["version"],x.bare))+"</bdi> <span class=\"quiet\">"+escape(h["t"]("report.software.port",{hash:{"port":v2["port"]},data:x}))+"</span></th>\n<td data-label=\""+(x.words[459]??say(x,459))+"\"><ul class=\"plain-list\">";
const v3=items(v2["worst"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<li><code><bdi>"+escape(h["show"](v5["id"],x.bare))+"</bdi></code>";
if(there(v5["score"])){o+=" · "+escape(h["t"]("report.software.cvss",{hash:{"score":v5["score"]},data:x}));
}
if(there(v5["epss"])){o+=" · "+escape(h["t"]("report.software.epss",{hash:{"n":v5["epss"]},data:x}));
}
if(there(v5["exploited"])){o+=" · <strong>"+(x.words[461]??say(x,461))+"</strong>";
if(there(v5["due"])){o+=", "+(x.words[462]??say(x,462))+" "+escape(h["day"](v5["due"],x.bare));
}
}
if(there(v5["ransomware"])){o+=" · "+(x.words[463]??say(x,463));
}
if(there(v5["fixedIn"])){o+=" · "+(x.words[464]??say(x,464))+" <bdi>"+escape(h["show"](v5["fixedIn"],x.bare))+"</bdi>";
}
o+="</li>";
}
if(there(v2["more"])){o+="<li class=\"quiet\">"+escape(h["t"]("report.software.more",{hash:{"n":v2["more"]},data:x}))+"</li>";
}
o+="</ul></td>\n<td data-label=\""+(x.words[460]??say(x,460))+"\">"+escape(h["say"](v2["sure"],x.bare));
if(there(v2["claimed"])){o+=" <span class=\"quiet\"><bdi>"+escape(h["show"](v2["claimed"]["package"],x.bare))+"</bdi>, "+escape(h["day"](v2["claimed"]["date"],x.bare))+"</span>";
}
if(there(v2["updates"])){o+=" <span class=\"quiet\">"+escape(h["say"](v2["updates"],x.bare))+"</span>";
}
o+="</td>\n</tr>\n";
}
o+="</tbody>\n</table>";
return o;},
"software":(x,c)=>{let o="";
o+="<div class=\"panel software\">\n<p class=\"meta\"><time datetime=\""+escape(strict(c,"at"))+"\">"+escape(h["instant"](c["at"],x.bare))+"</time>";
if(there(c["feeds"])){o+=" · "+(x.words[465]??say(x,465))+" <bdi>"+escape(h["show"](c["feeds"],x.bare))+"</bdi>";
}
o+="</p>\n";
if(there(c["exploited"])){o+=t["software-weak"](x,{"rows":c["exploited"],"caption":c["captions"]["exploited"],"class":"alarm"});
}
o+="\n";
if(there(c["named"])){o+="<table class=\"data stack\">\n<caption>"+(x.words[466]??say(x,466))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[458]??say(x,458))+"</th><th scope=\"col\">"+(x.words[459]??say(x,459))+"</th><th scope=\"col\">"+(x.words[460]??say(x,460))+"</th></tr></thead>\n<tbody>\n";
const v0=items(c["named"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<tr><th scope=\"row\"><bdi>"+escape(h["show"](v2["product"],x.bare))+"</bdi> <bdi>"+escape(h["show"](v2["version"],x.bare))+"</bdi> <span class=\"quiet\">"+escape(h["t"]("report.software.port",{hash:{"port":v2["port"]},data:x}))+"</span></th><td data-label=\""+(x.words[459]??say(x,459))+"\">"+escape(h["say"](v2["count"],x.bare))+"<ul class=\"plain-list\">";
const v3=items(v2["newest"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<li><code><bdi>"+escape(h["show"](v5["id"],x.bare))+"</bdi></code> · "+(x.words[462]??say(x,462))+" "+escape(h["day"](v5["due"],x.bare))+"</li>";
}
o+="</ul></td><td data-label=\""+(x.words[460]??say(x,460))+"\">"+(x.words[467]??say(x,467))+"</td></tr>\n";
}
o+="</tbody>\n</table>\n";
}
o+="";
if(there(c["weak"])){o+=t["software-weak"](x,{"rows":c["weak"],"caption":c["captions"]["weak"],"class":""});
}
o+="\n";
if(there(c["ended"])){o+="<table class=\"data stack\">\n<caption>"+(x.words[468]??say(x,468))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[458]??say(x,458))+"</th><th scope=\"col\">"+(x.words[469]??say(x,469))+"</th><th scope=\"col\">"+(x.words[470]??say(x,470))+"</th></tr></thead>\n<tbody>\n";
const v6=items(c["ended"]);for(let v7=0;v7<v6.length;v7++){const v8=v6[v7];o+="<tr><th scope=\"row\"><bdi>"+escape(h["show"](v8["product"],x.bare))+"</bdi> <bdi>"+escape(h["show"](v8["version"],x.bare))+"</bdi> <span class=\"quiet\">"+escape(h["t"]("report.software.port",{hash:{"port":v8["port"]},data:x}))+"</span></th><td data-label=\""+(x.words[469]??say(x,469))+"\"><bdi>"+escape(h["show"](v8["line"],x.bare))+"</bdi></td><td data-label=\""+(x.words[470]??say(x,470))+"\">"+escape(h["say"](v8["word"],x.bare))+" "+escape(h["day"](v8["day"],x.bare));
if(there(v8["updates"])){o+=" <span class=\"quiet\">"+escape(h["say"](v8["updates"],x.bare))+"</span>";
}
o+="</td></tr>\n";
}
o+="</tbody>\n</table>\n";
}
o+="";
if(there(c["items"])){o+="<table class=\"data stack\">\n<caption>"+(x.words[472]??say(x,472))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[458]??say(x,458))+"</th><th scope=\"col\">"+(x.words[473]??say(x,473))+"</th><th scope=\"col\">"+(x.words[474]??say(x,474))+"</th></tr></thead>\n<tbody>\n";
const v9=items(c["items"]);for(let v10=0;v10<v9.length;v10++){const v11=v9[v10];o+="<tr><th scope=\"row\"><bdi>"+escape(h["show"](v11["product"],x.bare))+"</bdi>";
if(there(v11["by"])){o+=" <span class=\"quiet\">"+escape(h["say"](v11["by"],x.bare))+"</span>";
}
o+="</th><td data-label=\""+(x.words[473]??say(x,473))+"\">";
if(there(v11["version"])){o+="<bdi>"+escape(h["show"](v11["version"],x.bare))+"</bdi>";
if(there(v11["release"])){o+=" <span class=\"quiet\">"+escape(h["show"](v11["release"],x.bare))+"</span>";
}
if(there(v11["package"])){o+=" <span class=\"quiet\">"+(x.words[476]??say(x,476))+" <bdi>"+escape(h["show"](v11["package"],x.bare))+"</bdi></span>";
}
}else{o+="<span class=\"none\">"+(x.words[475]??say(x,475))+"</span>";
}
o+="</td><td data-label=\""+(x.words[474]??say(x,474))+"\"><ul class=\"plain-list\">";
const v12=items(v11["told"]);for(let v13=0;v13<v12.length;v13++){const v14=v12[v13];o+="<li>"+escape(h["say"](v14["source"],x.bare))+", "+escape(h["t"]("report.software.port",{hash:{"port":v14["port"]},data:x}))+": <code><bdi>"+escape(h["show"](v14["text"],{hash:{"max":160},data:x}))+"</bdi></code></li>";
}
o+="</ul></td></tr>\n";
}
o+="</tbody>\n</table>\n";
if(there(c["conflicts"])){o+="<p class=\"quiet\">"+(x.words[477]??say(x,477))+"</p><ul class=\"plain-list\">";
const v15=items(c["conflicts"]);for(let v16=0;v16<v15.length;v16++){const v17=v15[v16];o+="<li>"+escape(h["say"](v17["word"],x.bare))+": <bdi>"+escape(h["show"](v17["told"],x.bare))+"</bdi></li>";
}
o+="</ul>";
}
o+="\n";
if(there(c["secondOpinion"])){o+="<p class=\"quiet\">"+escape(h["say"](c["secondOpinion"],x.bare))+"</p>";
}
o+="\n";
if(there(c["unknown"])){o+="<p class=\"quiet\">"+escape(h["t"]("report.software.unknown",{hash:{"n":c["unknown"]},data:x}))+"</p>";
}
o+="\n";
}else{o+="<p class=\"none\">"+(x.words[471]??say(x,471))+"</p>\n";
}
o+="</div>";
return o;},
"sprite":(x,c)=>{let o="";
o+="<svg class=\"sprite\" width=\"0\" height=\"0\" aria-hidden=\"true\">\n<defs>\n<symbol id=\"m-met\" viewBox=\"0 0 16 16\"><circle cx=\"8\" cy=\"8\" r=\"6\" fill=\"currentColor\"/></symbol>\n<symbol id=\"m-not-met\" viewBox=\"0 0 16 16\"><path d=\"M8 1.5 15 14.5H1Z\" fill=\"currentColor\"/></symbol>\n<symbol id=\"m-contradicted\" viewBox=\"0 0 16 16\"><path d=\"M8 1 15 8 8 15 1 8Z\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.75\"/><path d=\"M8 1V15L1 8Z\" fill=\"currentColor\"/></symbol>\n<symbol id=\"m-unproven\" viewBox=\"0 0 16 16\"><circle cx=\"8\" cy=\"8\" r=\"6\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\" stroke-dasharray=\"2.7 2\"/></symbol>\n<symbol id=\"m-manual\" viewBox=\"0 0 16 16\"><rect x=\"2.5\" y=\"2.5\" width=\"11\" height=\"11\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"/></symbol>\n<symbol id=\"m-not-applicable\" viewBox=\"0 0 16 16\"><path d=\"M3 8H13\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"/></symbol>\n<symbol id=\"m-waived\" viewBox=\"0 0 16 16\"><circle cx=\"8\" cy=\"8\" r=\"6\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"/><path d=\"M3.5 12.5 12.5 3.5\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"/></symbol>\n<pattern id=\"p-met\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><rect class=\"paint-met\" width=\"8\" height=\"8\"/></pattern>\n<pattern id=\"p-not-met\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><rect class=\"paint-not-met\" width=\"8\" height=\"8\"/></pattern>\n<pattern id=\"p-contradicted\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(-45)\"><rect class=\"paint-contradicted\" width=\"8\" height=\"8\"/><rect class=\"paint-ground\" width=\"1.25\" height=\"8\"/></pattern>\n<pattern id=\"p-unproven\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect class=\"paint-ground\" width=\"6\" height=\"6\"/><rect class=\"paint-unproven\" width=\"2\" height=\"6\"/></pattern>\n<pattern id=\"p-manual\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><rect class=\"paint-ground\" width=\"8\" height=\"8\"/></pattern>\n<pattern id=\"p-not-applicable\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><rect class=\"paint-quiet\" width=\"8\" height=\"8\"/></pattern>\n</defs>\n</svg>";
return o;},
"steps":(x,c)=>{let o="";
o+="<table class=\"data steps\">\n<caption>"+escape(h["t"](c["caption"],x.bare))+"</caption>\n<thead class=\"unshown\"><tr><th scope=\"col\">"+escape(h["t"](c["head"],x.bare))+"</th><th scope=\"col\">"+(x.words[478]??say(x,478))+"</th><th scope=\"col\">"+(x.words[479]??say(x,479))+"</th></tr></thead>\n<tbody>\n";
const v0=items(c["steps"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<tr>\n<th scope=\"row\">"+escape(h["say"](v2["word"],x.bare))+"</th>\n<td class=\"step-bar\"><svg class=\"bar thin\" width=\"100%\" height=\"12\" aria-hidden=\"true\"><rect class=\"rail\" x=\"0\" y=\"0\" width=\"100%\" height=\"12\"/>";
if(there(v2["n"])){o+="<rect class=\"step";
if(there(v2["unknown"])){o+=" unknown tone-unproven";
}
o+="\" x=\"0\" y=\"0\" width=\""+escape(v2["width"])+"\" height=\"12\"";
if(there(v2["unknown"])){o+=" fill=\"url(#p-unproven)\"";
}
o+="/>";
}
o+="</svg></td>\n<td class=\"n\">"+escape(h["num"](v2["n"],x.bare))+"</td>\n</tr>\n";
}
o+="</tbody>\n</table>";
return o;},
"system-links":(x,c)=>{let o="";
o+="<ul class=\"links\">\n";
const v0=items(c["shown"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<li>"+t["to"](x,v2);
if(there(v2["several"])){o+=" <span class=\"quiet\">"+escape(h["t"]("report.actions.places",{hash:{"n":v2["places"]},data:x}))+"</span>";
}
o+="</li>\n";
}
o+="</ul>\n";
if(there(c["rest"])){o+="<details class=\"rest\">\n<summary>"+escape(h["t"]("report.systems.rest",{hash:{"n":c["rest"]["length"]},data:x}))+"</summary>\n"+t["system-links"](x,{"shown":c["rest"],"rest":false})+"</details>\n";
}
return o;},
"systems":(x,c)=>{let o="";
o+="<table class=\"data stack systems filtered\">\n<caption";
if(!there(c["verdicts"])){o+=" class=\"unshown\"";
}
o+=">"+escape(h["say"](c["caption"],x.bare))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[20]??say(x,20))+"</th><th scope=\"col\">"+t["term-key"](x,{"key":"report.systems.level"})+"</th>";
if(there(c["verdicts"])){o+="<th scope=\"col\">"+(x.words[399]??say(x,399))+"</th>";
}
o+="<th scope=\"col\" class=\"n\">"+(x.words[480]??say(x,480))+"</th><th scope=\"col\">"+(x.words[24]??say(x,24))+"</th><th scope=\"col\">"+t["term-key"](x,{"key":"report.systems.coverage"})+"</th></tr></thead>\n<tbody>\n";
const v0=items(c["rows"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<tr data-o=\""+escape(v2["asked"]["owner"])+"\" data-l=\""+escape(v2["asked"]["level"])+"\" data-w=\""+escape(v2["asked"]["layers"])+"\" data-s=\""+escape(v2["asked"]["severities"])+"\" data-v=\""+escape(v2["mark"]["tone"])+"\">\n<th scope=\"row\">"+t["to"](x,v2);
if(there(v2["critical"])){o+=" <span class=\"tag\">"+(x.words[210]??say(x,210))+"</span>";
}
if(there(c["owners"])){o+="<span class=\"under\">";
if(there(h["reaches"](v2["owner"]["ref"],x.bare))){o+="<a class=\"plain\" href=\""+escape(h["link"](v2["owner"]["ref"],x.bare))+"\">"+t["name"](x,{"name":v2["owner"]["name"]})+"</a>";
}else{o+=t["name"](x,{"name":v2["owner"]["name"]});
}
o+="</span>";
}
o+="</th>\n<td data-label=\""+(x.words[481]??say(x,481))+"\">";
if(there(v2["level"])){o+=escape(h["num"](v2["level"],x.bare));
}else{o+="<span class=\"none\">"+(x.words[482]??say(x,482))+"</span>";
}
o+="</td>\n";
if(there(c["verdicts"])){o+="<td data-label=\""+(x.words[399]??say(x,399))+"\">"+t["mark"](x,v2["mark"])+"</td>";
}
o+="\n<td class=\"n\" data-label=\""+(x.words[480]??say(x,480))+"\">"+escape(h["num"](v2["failing"],x.bare))+"/"+escape(h["num"](v2["applicable"],x.bare))+"</td>\n<td data-label=\""+(x.words[24]??say(x,24))+"\"><span class=\"layer-marks\">";
const v3=items(v2["layers"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];if(there(v5)){o+=t["mark-only"](x,v5);
}else{o+="<span class=\"none\">·</span>";
}
}
o+="</span></td>\n<td data-label=\""+(x.words[17]??say(x,17))+"\">"+t["coverage-cell"](x,v2["coverage"])+"</td>\n</tr>\n";
}
o+="</tbody>\n</table>";
return o;},
"task-title":(x,c)=>{let o="";
o+=escape(h["text"](c["title"],x.bare))+"<span class=\"under\"><q lang=\"vi\">"+escape(h["show"](c["quote"],{hash:{"max":600},data:x}))+"</q> <bdi lang=\"vi\">"+escape(h["show"](c["instrument"],x.bare))+"</bdi>";
if(there(c["clause"])){o+=", <bdi lang=\"vi\">"+escape(h["show"](c["clause"],x.bare))+"</bdi>";
}
o+="</span>";
return o;},
"task-when":(x,c)=>{let o="";
if(there(c["before"])){o+=(x.words[196]??say(x,196))+" <span class=\"nowrap\">"+escape(h["day"](c["before"],x.bare))+"</span>";
}else{if(there(c["when"])){o+=escape(h["text"](c["when"],x.bare));
}else{if(there(c["every"])){o+=(x.words[484]??say(x,484))+" <span class=\"under\">"+escape(h["say"](c["every"],x.bare))+" ("+(x.words[485]??say(x,485))+")</span>";
}else{o+=(x.words[483]??say(x,483));
}
}
}
return o;},
"term-key":(x,c)=>{let o="";
const v0=h["term"](c["key"],x.bare);if(there(v0)){o+="<a class=\"term\" href=\""+escape(h["link"](v0,x.bare))+"\">"+escape(h["t"](c["key"],x.bare))+"</a>";
}else{o+=escape(h["t"](c["key"],x.bare));
}
return o;},
"term":(x,c)=>{let o="";
const v0=h["term"](c["word"]["key"],x.bare);if(there(v0)){o+="<a class=\"term\" href=\""+escape(h["link"](v0,x.bare))+"\">"+escape(h["say"](c["word"],x.bare))+"</a>";
}else{o+=escape(h["say"](c["word"],x.bare));
}
return o;},
"tls":(x,c)=>{let o="";
o+="<div class=\"panel\">\n<p class=\"meta\">"+escape(h["t"]("report.tls.port",{hash:{"port":c["port"]},data:x}));
if(there(c["sni"])){o+=" · "+(x.words[486]??say(x,486))+" <bdi>"+escape(h["show"](c["sni"],x.bare))+"</bdi>";
}
o+=" · <time datetime=\""+escape(strict(c,"at"))+"\">"+escape(h["instant"](c["at"],x.bare))+"</time></p>\n<table class=\"data stack protocols\">\n<caption>"+(x.words[487]??say(x,487))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[488]??say(x,488))+"</th><th scope=\"col\">"+(x.words[489]??say(x,489))+"</th><th scope=\"col\">"+(x.words[490]??say(x,490))+"</th></tr></thead>\n<tbody>\n";
const v0=items(c["protocols"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<tr class=\"protocol-"+escape(v2["state"])+"\">\n<th scope=\"row\">"+escape(v2["name"])+"</th>\n<td data-label=\""+(x.words[489]??say(x,489))+"\">";
if(there(v2["unseen"])){o+=t["mark"](x,{"tone":"unproven","word":v2["word"]});
}else{o+=escape(h["say"](v2["word"],x.bare));
}
o+="</td>\n<td data-label=\""+(x.words[490]??say(x,490))+"\">";
if(there(v2["suites"])){o+="<details><summary>"+escape(h["t"]("report.tls.suite-count",{hash:{"n":v2["suites"]["length"]},data:x}));
if(!there(v2["complete"])){o+=" "+(x.words[491]??say(x,491));
}
if(there(v2["order"])){o+="; "+escape(h["say"](v2["order"],x.bare));
}
o+="</summary><ol class=\"suites\">";
const v3=items(v2["suites"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<li><code>"+escape(h["show"](v5["name"],x.bare))+"</code> <span class=\"quiet\">"+escape(h["show"](v5["code"],x.bare))+"</span></li>";
}
o+="</ol></details>";
}else{o+="<span class=\"none\">–</span>";
}
o+="</td>\n</tr>\n";
}
o+="</tbody>\n</table>\n";
if(there(c["chains"])){o+="";
const v6=items(c["chains"]);for(let v7=0;v7<v6.length;v7++){const v8=v6[v7];o+="";
const v9=items(v8);for(let v10=0;v10<v9.length;v10++){const v11=v9[v10];o+="<dl class=\"facts certificate\">\n<div><dt>";
if(there(v11["leaf"])){o+=(x.words[494]??say(x,494));
}else{o+=(x.words[493]??say(x,493));
}
o+="</dt><dd><bdi>"+escape(h["show"](v11["subject"],x.bare))+"</bdi></dd></div>\n<div><dt>"+(x.words[495]??say(x,495))+"</dt><dd><bdi>"+escape(h["show"](v11["issuer"],x.bare))+"</bdi></dd></div>\n<div><dt>"+(x.words[496]??say(x,496))+"</dt><dd>"+escape(h["instant"](v11["notBefore"],x.bare))+" – "+escape(h["instant"](v11["notAfter"],x.bare))+"</dd></div>\n<div><dt>"+(x.words[497]??say(x,497))+"</dt><dd><bdi>"+escape(h["show"](v11["key"],x.bare))+"</bdi>";
if(there(v11["signature"])){o+=", <bdi>"+escape(h["show"](v11["signature"],x.bare))+"</bdi>";
}
o+="</dd></div>\n";
if(there(v11["leaf"])){if(there(v11["names"])){o+="<div><dt>"+(x.words[498]??say(x,498))+"</dt><dd>";
const v12=items(v11["names"]);for(let v13=0;v13<v12.length;v13++){const v14=v12[v13];o+="<bdi>"+escape(h["show"](v14,x.bare))+"</bdi>";
if(!there(v13===v12.length-1)){o+=", ";
}
}
if(there(v11["moreNames"])){o+=" "+escape(h["t"]("report.and-more",{hash:{"n":v11["moreNames"]},data:x}));
}
o+="</dd></div>";
}
o+="<div><dt>"+(x.words[499]??say(x,499))+"</dt><dd><code>"+escape(h["show"](v11["sha256"],x.bare))+"</code></dd></div>";
}
o+="\n</dl>\n";
}
o+="";
}
o+="";
}else{o+="<p class=\"none\">"+(x.words[492]??say(x,492))+"</p>\n";
}
o+="";
if(there(c["verified"])){o+="<p>"+escape(h["say"](c["verified"]["word"],x.bare));
if(there(c["verified"]["error"])){o+=" (<code>"+escape(h["show"](c["verified"]["error"],x.bare))+"</code>)";
}
o+="; "+escape(h["say"](c["verified"]["name"],x.bare))+".</p>";
}
o+="\n";
if(there(c["second"])){o+="<p class=\"quiet\">";
if(there(c["second"]["agrees"])){o+=(x.words[501]??say(x,501));
}else{o+=(x.words[500]??say(x,500));
}
o+=" (<bdi>"+escape(h["show"](c["second"]["reader"],x.bare))+"</bdi>: "+escape(h["instant"](c["second"]["notAfter"],x.bare));
if(there(c["second"]["error"])){o+=", <bdi>"+escape(h["show"](c["second"]["error"],x.bare))+"</bdi>";
}
o+=").</p>";
}
o+="\n</div>";
return o;},
"to":(x,c)=>{let o="";
if(there(h["reaches"](c["ref"],x.bare))){o+="<a href=\""+escape(h["link"](c["ref"],x.bare))+"\">"+t["name"](x,{"name":c["name"]})+"</a>";
}else{o+=t["name"](x,{"name":c["name"]});
}
return o;},
"trend-figure":(x,c)=>{let o="";
o+="<figure class=\"trend\">\n<figcaption>"+escape(h["t"]("life.figure",{hash:{"n":c["runs"]},data:x}))+" <span class=\"nowrap\">"+escape(h["day"](c["from"],x.bare))+"</span> – <span class=\"nowrap\">"+escape(h["day"](c["to"],x.bare))+"</span>. "+(x.words[502]??say(x,502))+"</figcaption>\n";
const v0=items(c["rows"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<div class=\"trend-row\">\n<p class=\"trend-label\"><span>"+escape(h["say"](v2["label"],x.bare))+"<span class=\"under\">"+escape(h["say"](v2["most"],x.bare))+"</span></span> <b>"+escape(h["say"](v2["now"],x.bare))+"</b></p>\n<svg class=\"trend-chart\" role=\"img\" width=\""+escape(strict(c,"width"))+"\" height=\"40\" viewBox=\"0 0 "+escape(strict(c,"width"))+" 40\"><title>"+escape(h["say"](v2["label"],x.bare))+"</title><desc>"+escape(h["say"](v2["said"],x.bare))+"</desc>";
if(there(c["low"])){o+="<path fill=\"url(#t-low)\" d=\""+escape(strict(c,"low"))+"\"/>";
}
if(there(v2["paths"]["solid"])){o+="<path class=\"col-"+escape(v2["tone"])+"\" d=\""+escape(v2["paths"]["solid"])+"\"/>";
}
if(there(v2["paths"]["unseen"])){o+="<path class=\"col-unseen\" fill=\"url(#t-unseen)\" d=\""+escape(v2["paths"]["unseen"])+"\"/>";
}
if(there(v2["paths"]["reading"])){o+="<path class=\"col-reading\" d=\""+escape(v2["paths"]["reading"])+"\"/>";
}
if(there(v2["paths"]["fresh"])){o+="<path class=\"col-fresh\" fill=\"url(#t-fresh)\" d=\""+escape(v2["paths"]["fresh"])+"\"/>";
}
o+="<path class=\"axis\" d=\"M0 39.5h"+escape(strict(c,"width"))+"\"/></svg>\n</div>\n";
}
o+="<div class=\"trend-row trend-axis\">\n<p class=\"trend-label quiet\">"+(x.words[503]??say(x,503))+"</p>\n<div class=\"trend-days\"><svg class=\"trend-marks\" aria-hidden=\"true\" focusable=\"false\" width=\""+escape(strict(c,"width"))+"\" height=\"10\" viewBox=\"0 0 "+escape(strict(c,"width"))+" 10\">";
if(there(c["checks"])){o+="<path class=\"mark-checks\" d=\""+escape(strict(c,"checks"))+"\"/>";
}
if(there(c["data"])){o+="<path class=\"mark-data\" d=\""+escape(strict(c,"data"))+"\"/>";
}
o+="</svg></div>\n</div>\n<ul class=\"legend\">\n";
if(there(c["has"]["unseen"])){o+="<li><svg class=\"key\" width=\"12\" height=\"12\" aria-hidden=\"true\" focusable=\"false\"><rect class=\"col-unseen\" fill=\"url(#t-unseen)\" x=\"1\" y=\"1\" width=\"10\" height=\"10\"/></svg>"+(x.words[504]??say(x,504))+"</li>";
}
o+="\n";
if(there(c["has"]["fresh"])){o+="<li><svg class=\"key\" width=\"12\" height=\"12\" aria-hidden=\"true\" focusable=\"false\"><rect class=\"col-fresh\" fill=\"url(#t-fresh)\" x=\"1\" y=\"1\" width=\"10\" height=\"10\"/></svg>"+(x.words[505]??say(x,505))+"</li>";
}
o+="\n";
if(there(c["has"]["reading"])){o+="<li><svg class=\"key\" width=\"12\" height=\"12\" aria-hidden=\"true\" focusable=\"false\"><rect class=\"col-reading\" x=\"1.5\" y=\"1.5\" width=\"9\" height=\"9\"/></svg>"+(x.words[506]??say(x,506))+"</li>";
}
o+="\n";
if(there(c["has"]["low"])){o+="<li><svg class=\"key\" width=\"12\" height=\"12\" aria-hidden=\"true\" focusable=\"false\"><rect fill=\"url(#t-low)\" width=\"12\" height=\"12\"/></svg>"+(x.words[507]??say(x,507))+"</li>";
}
o+="\n";
if(there(c["has"]["checks"])){o+="<li><svg class=\"key\" width=\"12\" height=\"12\" viewBox=\"0 -1 12 12\" aria-hidden=\"true\" focusable=\"false\"><path class=\"mark-checks\" d=\"M6 1l4 4l-4 4l-4-4z\"/></svg>"+(x.words[508]??say(x,508))+"</li>";
}
o+="\n";
if(there(c["has"]["data"])){o+="<li><svg class=\"key\" width=\"12\" height=\"12\" viewBox=\"0 -1 12 12\" aria-hidden=\"true\" focusable=\"false\"><path class=\"mark-data\" d=\"M6 1l4 4l-4 4l-4-4z\"/></svg>"+(x.words[509]??say(x,509))+"</li>";
}
o+="\n</ul>\n"+t["trend-table"](x,c["table"])+"</figure>";
return o;},
"trend-table":(x,c)=>{let o="";
o+="<details class=\"trend-numbers\">\n<summary>"+(x.words[510]??say(x,510))+"</summary>\n<table class=\"data ";
if(there(c["short"])){o+="trend-short";
}else{o+="stack trend-table";
}
o+="\">\n<caption>"+(x.words[511]??say(x,511))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[512]??say(x,512))+"</th>";
const v0=items(c["head"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<th scope=\"col\"";
if(!there(c["short"])){o+=" class=\"n\"";
}
o+=">"+escape(h["say"](v2,x.bare))+"</th>";
}
o+="</tr></thead>\n<tbody>\n";
const v3=items(c["rows"]);for(let v4=0;v4<v3.length;v4++){const v5=v3[v4];o+="<tr><th scope=\"row\"><span class=\"nowrap\">"+escape(h["day"](v5["from"],x.bare))+"</span>";
if(there(v5["to"])){o+=" – <span class=\"nowrap\">"+escape(h["day"](v5["to"],x.bare))+"</span> <span class=\"quiet\">"+escape(h["t"]("life.runs",{hash:{"n":v5["runs"]},data:x}))+"</span>";
}
if(there(v5["reading"])){o+="<span class=\"under\">◆ "+escape(h["say"](v5["reading"],x.bare))+"</span>";
}
if(there(v5["raised"])){o+="<span class=\"under\">"+escape(h["t"]("life.raised",{hash:{"n":v5["raised"]},data:x}))+"</span>";
}
if(there(v5["dropped"])){o+="<span class=\"under\">"+escape(h["t"]("life.dropped",{hash:{"n":v5["dropped"]},data:x}))+"</span>";
}
o+="</th>";
const v6=items(v5["cells"]);for(let v7=0;v7<v6.length;v7++){const v8=v6[v7];o+="<td";
if(!there(c["short"])){o+=" class=\"n\" data-label=\""+escape(h["say"](v8["label"],x.bare))+"\"";
}
o+=">"+escape(h["say"](v8["word"],x.bare))+"</td>";
}
o+="</tr>\n";
}
o+="</tbody>\n</table>\n</details>";
return o;},
"unseen-look":(x,c)=>{let o="";
o+="<p>"+escape(h["say"](c["help"],x.bare))+"</p>\n";
if(there(c["detail"])){o+="<p class=\"quiet\">"+(x.words[219]??say(x,219))+" <code><bdi>"+escape(h["show"](c["detail"],x.bare))+"</bdi></code></p>";
}
return o;},
"unseen":(x,c)=>{let o="";
if(there(c["unseen"]["causes"])){o+="<p class=\"lead\">"+escape(h["t"]("report.unseen.lead",{hash:{"failed":c["unseen"]["failed"],"total":c["unseen"]["observations"]},data:x}))+"</p>\n<table class=\"data stack causes\">\n<caption>"+(x.words[514]??say(x,514))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[515]??say(x,515))+"</th><th scope=\"col\" class=\"n\">"+(x.words[516]??say(x,516))+"</th><th scope=\"col\" class=\"n\">"+(x.words[517]??say(x,517))+"</th><th scope=\"col\">"+(x.words[518]??say(x,518))+"</th></tr></thead>\n<tbody>\n";
const v0=items(c["unseen"]["causes"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<tr>\n<th scope=\"row\"><span class=\"marked tone-unproven\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-unproven\"/></svg>"+escape(h["say"](v2["word"],x.bare))+"</span><p class=\"help\">"+escape(h["say"](v2["help"],x.bare))+"</p></th>\n<td class=\"n\" data-label=\""+(x.words[516]??say(x,516))+"\">"+escape(h["num"](v2["observations"],x.bare))+"</td>\n<td class=\"n\" data-label=\""+(x.words[517]??say(x,517))+"\">"+escape(h["num"](v2["findings"],x.bare))+"</td>\n<td data-label=\""+(x.words[518]??say(x,518))+"\">"+t["system-links"](x,v2["links"])+"</td>\n</tr>\n";
}
o+="</tbody>\n</table>\n";
}else{o+="<p class=\"empty\">";
if(there(c["unseen"]["observations"])){o+=(x.words[513]??say(x,513));
}else{o+=(x.words[218]??say(x,218));
}
o+="</p>\n";
}
return o;},
"waived":(x,c)=>{let o="";
o+="<div class=\"waivers\">\n<h3 id=\"chap-nhan\">"+(x.words[519]??say(x,519))+"</h3>\n<p class=\"lead\">"+(x.words[520]??say(x,520))+"</p>\n<table class=\"data stack\">\n<caption>"+(x.words[521]??say(x,521))+"</caption>\n<thead><tr><th scope=\"col\">"+(x.words[265]??say(x,265))+"</th><th scope=\"col\">"+(x.words[266]??say(x,266))+"</th><th scope=\"col\">"+(x.words[267]??say(x,267))+"</th><th scope=\"col\">"+(x.words[268]??say(x,268))+"</th></tr></thead>\n<tbody>\n";
const v0=items(c["waived"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<tr id=\""+escape(v2["anchor"])+"\">\n<th scope=\"row\"><span class=\"marked tone-waived\"><svg class=\"mark\" role=\"img\" aria-label=\""+(x.words[522]??say(x,522))+"\"><use href=\"#m-waived\"/></svg><s>"+escape(h["text"](v2["title"],x.bare))+"</s></span><span class=\"under\"><bdi>"+escape(h["show"](v2["target"],{hash:{"max":120},data:x}))+"</bdi> · "+escape(h["say"](v2["severity"],x.bare))+"</span></th>\n<td data-label=\""+(x.words[266]??say(x,266))+"\"><span class=\"nowrap\">"+escape(h["day"](v2["until"],x.bare))+"</span></td>\n<td data-label=\""+(x.words[267]??say(x,267))+"\"><bdi lang=\"vi\">"+escape(h["show"](v2["reason"],x.bare))+"</bdi></td>\n<td data-label=\""+(x.words[268]??say(x,268))+"\">"+(x.words[270]??say(x,270))+" <bdi lang=\"vi\">"+escape(h["show"](v2["requestedBy"],x.bare))+"</bdi><br>"+(x.words[271]??say(x,271))+" <bdi lang=\"vi\">"+escape(h["show"](v2["approvedBy"],x.bare))+"</bdi></td>\n</tr>\n";
}
o+="</tbody>\n</table>\n</div>";
return o;},
"web":(x,c)=>{let o="";
o+=t["headers"](x,c)+""+t["fact-rows"](x,{"rows":c["rows"]});
return o;},
"week":(x,c)=>{let o="";
o+="<ol class=\"actions\">\n";
const v0=items(c["actions"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<li class=\"action\">\n<h3 class=\"action-title\"><span class=\"severity\">"+escape(h["say"](v2["word"],x.bare))+"</span> "+escape(h["change"](v2["title"],x.bare))+"</h3>\n<p class=\"action-reach\">"+escape(h["t"]("report.actions.reach",{hash:{"places":v2["places"],"systems":v2["systems"]},data:x}));
if(there(v2["due"])){o+=" · "+(x.words[151]??say(x,151))+" "+escape(h["day"](v2["due"],x.bare));
}
if(there(v2["late"])){o+=" <span class=\"tag warn\">"+escape(h["say"](v2["late"],x.bare))+"</span>";
}
o+="</p>\n"+t["system-links"](x,v2["links"])+"</li>\n";
}
o+="</ol>";
return o;},
"words":(x,c)=>{let o="";
o+="<dl class=\"facts\">\n";
const v0=items(c["items"]);for(let v1=0;v1<v0.length;v1++){const v2=v0[v1];o+="<div><dt";
if(there(v2["anchor"])){o+=" id=\""+escape(v2["anchor"])+"\"";
}
o+=">"+escape(h["say"](v2["word"],x.bare))+"</dt><dd>"+escape(h["say"](v2["means"],x.bare))+"</dd></div>\n";
}
o+="</dl>";
return o;}};
return t;};
