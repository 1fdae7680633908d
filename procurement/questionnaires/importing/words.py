"""The words that head columns and begin rows, by what they mean, in the languages our vendors write.

Pure data, folded as `texts.folded` does it: small letters, no accents. `exact` words are a whole head, `part` words
stand in one. A profile (profiles.py) adds the heads of one layout. Words are the trade's, never one file's.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from procurement.questionnaires.importing.texts import folded


class Column(StrEnum):
    """What a column holds."""

    REF = "ref"
    QUESTION = "question"
    TEXT = "text"  # says what the row is about where no column is headed "question"
    NAME = "name"  # a short title of the row
    ANSWER = "answer"
    CHOICE = "choice"  # headed by an answer, "Yes" or "No": a mark in it gives that answer
    COMMENT = "comment"
    COMPANION = "companion"  # a further field beside the answer, under its own name
    EVIDENCE = "evidence"
    NEEDS_FILE = "needs_file"  # marks: which questions need a file (file_rules.py)
    OPTIONS = "options"
    KIND = "kind"
    SECTION = "section"
    HELP = "help"
    DEPTH = "depth"
    ASKED = "asked"  # a mark on the rows that are questions
    REQUIRED = "required"
    WEIGHT = "weight"
    HISTORY = "history"  # what became of the row: a sign of a list of changes
    SCORE = "score"
    TRANSLATION = "translation"  # the questions again, in another language
    OTHER = "other"


@dataclass(frozen=True)
class Words:
    exact: frozenset[str]
    part: tuple[str, ...] = field(default=())


def _words(exact: str, part: str = "") -> Words:
    return Words(frozenset(folded_words(exact)), tuple(folded_words(part)))


def folded_words(words: str) -> list[str]:
    return [word for each in words.split("|") if (word := folded(each))]


# The most that an answer can earn. Questions with many steps earn more than others and are no more important for it.
MOST_POINTS = (
    "max score|max points|maximum score|maximum points|max possible score|max possible points|possible points"
    "|points possible|points available|available points|highest score|best score|max punkte|maximale punkte"
    "|maximale punktzahl|hochstpunktzahl|puntuacion maxima|puntos maximos|puntaje maximo|score maximum|score maximal"
    "|note maximale|points maximum|maks punkty|maksymalna liczba punktow|punteggio massimo|punti massimi"
    "|pontuacao maxima|maximale score|максимальный балл|最高分|満点|最大点数"
)
HEADS: dict[Column, Words] = {
    Column.REF: _words(
        "id|ref|ref id|reference|no|nr|num|number|item|item no|item number|code|key|index|serial|s no|sl no|sr no"
        "|pid|req|req id|requirement id|requirement no|requirement number|question id|question no|question number"
        "|ques num|ques no|q id|qid|q no|q|control id|control no|control number|control ref|check id|uid|numero"
        "|num pregunta|id pregunta|codigo|identificador|referencia|identifiant|n|no de question"
        "|reference question|nummer|lfd nr|kennung|frage nr|fragen nr|anforderungs id|numer|lp|l p|identyfikator"
        "|nr pytania|oznaczenie|identificativo|codice|volgnummer|identificacao|cislo|номер|код|№|رقم|الرقم|المعرف"
        "|معرف|编号|序号|编码|標識|編號|番号|項番|번호",
        "question id|question number|requirement id|req id|control id|ref no|ref id|reference number|nr pytania",
    ),
    Column.QUESTION: _words(
        "question|questions|question request|question text|question description|assessment question"
        "|security question|control question|consensus assessment question|query|inquiry|ask|requirement"
        "|requirements|requirement text|requirement description|req description|verification requirement"
        "|security requirement|question requirement|pregunta|preguntas|cuestion|requisito|requisitos"
        "|texto de la pregunta|descripcion del requisito|frage|fragen|fragestellung|anforderung|anforderungen"
        "|fragetext|pruffrage|exigence|exigences|libelle|intitule|intitule de la question|enonce|pytanie|pytania"
        "|tresc pytania|wymaganie|wymagania|tresc wymagania|wymaganie weryfikacji|domanda|domande|quesito"
        "|requisito|pergunta|perguntas|questao|vraag|vragen|eis|fraga|sporgsmal|sporsmal|kysymys|kerdes|otazka"
        "|otazky|pozadavek|intrebare|soru|вопрос|вопросы|требование|питання|سؤال|السؤال|الأسئلة|المتطلب|متطلبات"
        "|المتطلبات|问题|提问|要求|安全要求|验证要求|問題|質問|要求事項|設問|질문|요구사항",
        "question|requirement|pregunta|frage|anforderung|exigence|pytani|wymagani|domanda|pergunta|вопрос"
        "|требован|问题|要求",
    ),
    Column.TEXT: _words(
        "item|element|description|detail|details|text|statement|criteria|criterion|control|controls"
        "|control description|control specification|specification|check|checks|check item|checklist"
        "|checklist item|checkpoint|verify|item description|process|processes|process check|process checks"
        "|process to achieve|measure|practice|activity|objective|statement of control|what we ask"
        "|topic description|content|point|points|descripcion|detalle|enunciado|control|medida|criterio"
        "|punto de control|beschreibung|text|massnahme|kontrolle|prufpunkt|kriterium|description|mesure|controle"
        "|critere|point de controle|opis|opis wymagania|tresc|kontrola|srodek|kryterium|descrizione|controllo"
        "|descricao|beschrijving|maatregel|beskrivelse|beskrivning|popis|описание|мера|текст|الوصف|وصف|النص|نص"
        "|描述|说明|内容|控制|控制措施|检查项|検査項目|説明|설명|통제",
        "description|specification|statement|process|checklist|descripcion|beschreibung|opis|описание|描述|الوصف",
    ),
    Column.NAME: _words(
        "name|title|control title|control name|requirement title|short title|summary|headline|label|subject"
        "|nombre|titulo|titel|bezeichnung|kurztitel|nom|titre|nazwa|tytul|nome|titolo|naam|название|имя|اسم|الاسم"
        "|العنوان|名称|标题|名稱|名前|タイトル|이름|제목",
        "control title",
    ),
    Column.ANSWER: _words(
        "answer|answers|verified|passed|pass fail|valid|your answer|your response|response|responses|reply"
        "|vendor answer|vendor answers|vendor response|supplier response|supplier answer|provider answer"
        "|provider response|respondent answer|company response|csp answer|caiq answer|csp caiq answer|yes no"
        "|yes no na|yes no n a|y n|y n na|yes no partial|compliant|compliance|compliant y n|compliance status"
        "|completed|completed yes no|complied|in place|implemented|implementation status|met|fulfilled"
        "|selected answer|current state|answer value|selection|respuesta|respuestas|si no|cumple|cumplimiento"
        "|respuesta del proveedor|antwort|antworten|ja nein|erfullt|umsetzung|umgesetzt|umsetzungsstand|konform"
        "|reponse|reponses|votre reponse|oui non|conforme|conformite|odpowiedz|odpowiedzi|tak nie|spelnione"
        "|spelnia|status spelnienia|risposta|risposte|si no|resposta|respostas|sim nao|antwoord|antwoorden|ja nee"
        "|svar|vastaus|valasz|odpoved|raspuns|cevap|ответ|ответы|да нет|відповідь|إجابة|الإجابة|الجواب|الرد"
        "|نعم لا|回答|答案|答复|答覆|是 否|是否符合|符合性|解答|回答欄|답변|응답",
        "answer|response|respuesta|antwort|reponse|odpowied|risposta|resposta|ответ|yes no|y n|completed|vendor input"
        "|supplier input|provider input|respondent input|your input|vendor reply|supplier reply|provider reply"
        "|self rating|self score|self assess|vendor score|supplier score|vendor rating|supplier rating"
        "|selbsteinschatzung|selbstbewertung|auto evaluation|autoevaluacion|الإجابة"
        "|答",
    ),
    Column.COMMENT: _words(
        "comment|comments|note|notes|interview notes|remark|remarks|explanation|explanations|elaboration"
        "|justification|rationale|additional comments|details of answer|further details|vendor comments"
        "|supplier comments|narrative|comentario|comentarios|observacion"
        "|observaciones|explicacion|justificacion|notas|aclaraciones|bemerkung|bemerkungen"
        "|kommentar|kommentare|erlauterung|erlauterungen|begrundung|anmerkung|anmerkungen|commentaire"
        "|commentaires|remarque|remarques|observation|observations|explication|precisions|justification|uwagi"
        "|komentarz|komentarze|uzasadnienie|wyjasnienie|commenti|osservazioni|note|comentarios|observacoes"
        "|opmerking|opmerkingen|toelichting|kommentarer|poznamka|poznamky|комментарий|примечание|примечания"
        "|ملاحظات|تعليق|تعليقات|التعليقات|备注|评论|注释|说明备注|備考|コメント|備註|비고|의견",
        "comment|elaborat|explanation|remark|notes|justification"
        "|observacion|commentaire|bemerkung|erlauterung|uwagi|комментари|ملاحظات|备注",
    ),
    Column.COMPANION: _words(
        "additional information|additional info|supporting information|implementation description"
        "|implementation details|ownership|control ownership|shared responsibility|customer responsibilities"
        "|customer responsibility|compensating controls|compensating control|informacion adicional"
        "|responsabilidad compartida|zusatzliche informationen|weitere informationen|zustandigkeit"
        "|informations complementaires|propriete du controle|dodatkowe informacje|informazioni aggiuntive"
        "|informacoes adicionais|aanvullende informatie|дополнительная информация|معلومات إضافية|补充信息|補足情報",
        "additional info|implementation description|ownership|responsibilities|compensating control",
    ),
    Column.EVIDENCE: _words(
        "evidence|evidences|evidence citation|evidence type|evidence provided|proof|proof of compliance"
        "|supporting evidence|supporting documents|supporting documentation|documentation|document|documents"
        "|attachment|attachments|artifact|artifacts|artefacts|citation|source|link|links|file|files"
        "|evidence reference|evidence link|evidencia|evidencias|documentacion|documento|documentos|prueba|pruebas"
        "|adjunto|adjuntos|nachweis|nachweise|beleg|belege|dokument|dokumente|unterlagen|preuve|preuves"
        "|justificatif|justificatifs|document|piece jointe|pieces jointes|dowod|dowody|dokumentacja|zalacznik"
        "|zalaczniki|evidenza|prove|evidencia|bewijs|bewijsstuk|доказательство|подтверждение|دليل|الأدلة|الدليل"
        "|المستندات|المرفقات|证据|证明材料|附件|佐证|証拠|증빙",
        "evidence|attachment|evidencia|nachweis|preuve|justificatif|dowod|доказательств|الأدلة|证据",
    ),
    Column.OPTIONS: _words(
        "options|option|choices|choice|answer options|answer choices|allowed values|allowed answers"
        "|possible answers|possible values|valid values|values|response options|answer list|answer set|drop down"
        "|dropdown|pick list|question choices|list of values|opciones|opciones de respuesta|valores posibles"
        "|respuestas posibles|antwortoptionen|antwortmoglichkeiten|auswahl|optionen|choix|options de reponse"
        "|choix possibles|reponses possibles|opcje|mozliwe odpowiedzi|opcje odpowiedzi|opzioni|opcoes|opties"
        "|варианты|варианты ответа|الخيارات|خيارات|选项|可选值|選択肢|보기|선택지",
        "answer option|answer choice|allowed value|possible answer|possible value|response option",
    ),
    Column.KIND: _words(
        "type|answer type|question type|response type|field type|input type|format|answer format|response format"
        "|data type|type of answer|tipo|tipo de respuesta|tipo de pregunta|formato|typ|antworttyp|fragetyp"
        "|antwortart|antwortformat|type de reponse|type de question|format de reponse|typ odpowiedzi"
        "|rodzaj odpowiedzi|typ pytania|tipo di risposta|tipo de resposta|antwoordtype|тип|тип ответа|النوع"
        "|نوع الإجابة|نوع السؤال|类型|答案类型|题型|回答形式|種類|유형",
        "answer type|question type|response type",
    ),
    Column.SECTION: _words(
        "section|sections|section name|section title|category|categories|domain|domains|domain title|domain name"
        "|control domain|control family|family|chapter|chapter name|chapter title|area|control area|security area"
        "|topic|topics|theme|group|group name|control group|module|pillar|function|business function|principle"
        "|subject area|heading|practice area|security practice|criteria category|seccion|categoria|dominio|area"
        "|apartado|bloque|capitulo|ambito|tema|grupo|bereich|kategorie|abschnitt|kapitel|themenbereich|thema"
        "|themengebiet|domane|gruppe|categorie|domaine|chapitre|rubrique|theme|thematique|partie|groupe|sekcja"
        "|kategoria|obszar|dziedzina|rozdzial|dzial|grupa|temat|sezione|ambito|secao|dominio|rubriek|hoofdstuk"
        "|domein|kategori|oblast|раздел|категория|область|глава|тема|القسم|قسم|الفئة|فئة|المجال|مجال|الفصل|章节"
        "|类别|分类|领域|章|部分|域|分類|類別|領域|カテゴリ|分野|区分|영역|분류|구분",
        "domain|category|section|chapter|categoria|dominio|kategorie|bereich|domaine|categorie|obszar|kategoria"
        "|القسم|类别",
    ),
    Column.HELP: _words(
        "help|help text|hint|hints|guidance|guidelines|guideline|instruction|instructions|annotation|annotations"
        "|explanatory text|clarification|typical evidence|expected evidence|evidence expected|evidence required"
        "|example|examples|example evidence|what to look for|tip|tips|reason for question|reason|scoring guidance"
        "|context|quality criteria|background|intent|discussion|ayuda|guia|orientacion|instrucciones|ejemplo"
        "|ejemplos|evidencia esperada|evidencia requerida|hilfe|hinweis|hinweise|hilfetext|beispiel|beispiele"
        "|leitfaden|erwarteter nachweis|aide|indication|indications|guide|exemple|exemples|preuve attendue"
        "|preuves attendues|pomoc|wskazowki|wskazowka|przyklad|przyklady|aiuto|suggerimenti|ajuda|orientacoes"
        "|hulp|toelichting vraag|справка|пояснение|пример|подсказка|إرشادات|توجيه|مثال|تعليمات|帮助|指南|提示"
        "|示例|指导|ガイダンス|補足|안내",
        "guidance|hint|expected evidence|evidence expected|evidence required|instructions|ayuda|hinweis|wskazowk",
    ),
    Column.DEPTH: _words("depth|level|hierarchy|hierarchy level|indent|outline level|nivel|ebene|tiefe|niveau"
    "|poziom"),
    Column.ASKED: _words("assessable|is question|is a question|in scope|applicable|ask|asked|include|selected"
    "|assess"),
    Column.REQUIRED: _words(
        "required|mandatory|obligatory|is required|optional|obligatorio|requerido|pflicht|pflichtfeld|obligatoire"
        "|wymagane|obowiazkowe|obbligatorio|verplicht|обязательно|إلزامي|必填|必须|必須|필수"
    ),
    Column.WEIGHT: _words(
        "weight|weighting|importance|criticality|priority|points|severity|risk weight|peso"
        "|importancia|puntos|prioridad|gewicht|gewichtung|wichtigkeit|punkte|poids|ponderation|importance"
        "|priorite|waga|istotnosc|priorytet|punkty|peso|gewicht|вес|важность|الوزن|الأهمية|权重|重要性|優先度"
        "|重要度|가중치"
    ),
    Column.HISTORY: _words(
        "removed|original|was|became|replaced by|superseded by|moved to|merged into|change|changes|change log"
        "|change type|revision|revision history|version|old id|previous id|new id|since|introduced|changed by"
        "|date of change|author|deprecated|retired|release|modified|modified by|approved by|eliminado|motivo"
        "|cambio|geandert|anderung|entfernt|supprime|modification|usuniete|zmiana|zmiany",
        "replaced by|change log|revision history",
    ),
    Column.SCORE: _words(
        "score|scores|rating|ratings|maturity|maturity score|grade|result|results|total|total score"
        "|points awarded|weighted score|average|compliance score|reviewer score|analyst score|risk score"
        "|evaluation|puntuacion|puntaje|valoracion|resultado|bewertung|punktzahl|ergebnis|note finale|evaluation"
        "|" + MOST_POINTS + "|"
        "|resultat|ocena|wynik|punteggio|pontuacao|оценка|балл|النتيجة|التقييم|得分|评分|分数|点数|점수",
        "score",
    ),
    Column.OTHER: _words(
        "owner|responsible|responsibility|assigned to|assignee|status|state|date|due date|last verified|reviewed"
        "|reviewer|respondent|last updated|updated|cwe|nist|iso|iso 27001|mapping|mappings|url|urn|chapter id"
        "|section id|domain id|category id|group id|subsection|sub category|subcategory|sub domain|subdomain"
        "|subarea|sub section|stream|level 1|level 2|level 3|l1|l2|l3|implementation groups|group id|parent"
        "|parent id|risk|risks|analyst notes|reviewer notes|reviewer comments|analyst comments|internal notes"
        "|depends on|condition|responsable|estado|fecha"
        "|verantwortlich|zustandig|statut|responsable|echeance|wlasciciel|odpowiedzialny|data|ответственный"
        "|статус|дата|المسؤول|الحالة|التاريخ|负责人|状态|日期|担当者|責任者|담당자",
        "mapping|analyst|reviewer|depends on|iso 27|nist|cwe",
    ),
}  # fmt: skip

# Rows by the word their text begins with, before a colon.
GUIDANCE = _words(
    "guidance|assertion|note|notes|hint|tip|example|examples|instruction|instructions|help|explanation|rationale"
    "|quality criteria|evidence|definition|remark|success metric|success metrics|nota|ejemplo|ayuda|orientacion"
    "|aclaracion|hinweis|beispiel|erlauterung|anmerkung|hilfe|remarque|exemple|indication|precision|aide|uwaga"
    "|wskazowka|przyklad|wyjasnienie|esempio|suggerimento|exemplo|observacao|voorbeeld|toelichting|пример"
    "|примечание|подсказка|ملاحظة|مثال|إرشادات|注|注意|提示|示例|说明|例|注記|참고"
).exact  # fmt: skip
# Rows that only close or sum up: the whole text, or how it begins.
NOISE = _words(
    "total|totals|subtotal|sum|score|total score|average|end|signature|signed|suma|gesamt|summe|ende|somme|fin"
    "|razem|koniec|totale|fine|somma|итого|конец|المجموع|الإجمالي|نهاية|合计|总计|总分|小计|結束|合計|小計|합계"
    "|총계",
    "end of|total|sub total|grand total|copyright|all rights reserved|page|thank you|ende der|ende des|fin du|fin de"
    "|koniec|version history|print name|signature of",
)
INSTRUCTING = _words(
    "", "please|instructions|fill in|fill out|complete the|complete all|answer all|answer the|use the|use column"
    "|select the|select one|do not|for each|in this section|this section|this sheet|por favor|rellene|complete"
    "|seleccione|bitte|veuillez|merci de|prosze|nalezy|per favore|compilare|por favor preencha|gelieve|пожалуйста"
    "|يرجى|الرجاء|请|請|以下の",
).part  # fmt: skip

# What form services write in front of the questions: when it was sent, and by whom.
OF_THE_FORM = _words(
    "id|token|network id|timestamp|zeitstempel|horodateur|marca temporal|informazioni cronologiche|carimbo de data hora"
    "|start time|completion time|last modified time|startzeit|fertigstellungszeit|heure de debut|heure de fin|email"
    "|e mail|email address|e mail address|e mail adresse|adresse e mail|direccion de correo electronico|username"
    "|nutzername|submission id|respondent id|response id|submitted at|ip address|タイムスタンプ|メールアドレス"
).exact

# Sheets by their name: the whole of it, or how it begins.
INSTRUCTIONS = _words(
    "introduction|about|cover|overview|welcome|license|licence|legend|revision|history|glossary|definitions|terms"
    "|contents|info|information|summary|guide|acronyms|intro|title page|portada|guia|deckblatt|hinweise|ubersicht"
    "|consignes|couverture|sommaire|wstep|封面|说明|简介|説明|表紙|표지|مقدمة",
    "instruction|introduction|read me|readme|how to|attribution|changelog|change log|revision history"
    "|version history|terms and conditions|terms of|table of contents|cover page|instrucciones|introduccion"
    "|anleitung|einleitung|mode d emploi|instrukcja|wprowadzenie|istruzioni|instrucoes|instructies|инструкция"
    "|введение|تعليمات|使用说明|glossary|copyright",
)  # fmt: skip
LISTS = _words(
    "list|lists|lookup|lookups|dropdown|dropdowns|drop downs|values|options|validation|validations"
    "|data validation|reference data|ref data|config|settings|data|listas|listen|listes|listy|slowniki|auswahl"
    "|списки|列表|选项|القوائم",
    "lookup|drop down|dropdown|data validation|list of values|answer set",
)
SCORING = _words(
    "score|scores|scorecard|scoring|result|results|dashboard|chart|charts|report|roadmap|analysis|statistics"
    "|calculation|calculations|heatmap|auswertung|ergebnis|ergebnisse|resultados|resultats|wyniki|评分|结果",
    "scorecard|dashboard|summary report|analyst report|scoring|roadmap chart|radar",
)
