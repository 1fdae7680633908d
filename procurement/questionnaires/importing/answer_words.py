"""The words of answers and of their kinds, in the languages our vendors write. Pure data, folded as in words.py."""

from procurement.questionnaires.importing.draft import Kind
from procurement.questionnaires.importing.words import folded_words

YES, NO, PARTIAL, NOT_APPLICABLE = "yes", "no", "partial", "not_applicable"
# "I don't know" is in none of them: it must never become "not applicable".
SPELLINGS: dict[str, str] = {
    spelling: answer
    for answer, spellings in {
        YES: "yes|y|yes it is|true|wahr|vrai|verdadero|vero|si|s|oui|ja|j|tak|t|sim|sì|да|نعم|是|有|はい|예|네"
        "|ano|igen|da|evet|kylla|ok|compliant"
        "|fully compliant|implemented|fully implemented|met|fully met|in place|fully in place|conforme"
        "|cumple|erfullt|vollstandig erfullt|umgesetzt|konform|spelnione|符合|已实施",
        NO: "no|n|false|falsch|faux|falso|non|nein|nie|nao|nee|nej|нет|ні|لا|否|无|不是|いいえ|아니요|아니오|ne|nem|nu"
        "|hayir|ei|not compliant|non compliant|noncompliant|not implemented|not met|not in place|no cumple"
        "|nicht erfullt|nicht umgesetzt|nicht konform|nie spelnione|niespelnione|non conforme"
        "|不符合|未实施",
        PARTIAL: "partial|partially|partly|in part|in progress|some|somewhat|partially compliant"
        "|partially implemented|partial compliance|partially met|partly met|partially in place|partly in place"
        "|teilweise erfullt|teilweise umgesetzt|teilweise konform|partiellement conforme|cumple parcialmente"
        "|czesciowo spelnione|parcial|parcialmente|en parte|partiel|partiellement|en partie"
        "|teilweise|zum teil|czesciowo|czesciowe|parziale|parzialmente|em parte|gedeeltelijk|deels|delvis"
        "|частично|частково|جزئي|جزئيا|部分|部分符合|部分实施|一部|부분|castecne",
        NOT_APPLICABLE: "n a|na|not applicable|not relevant|does not apply|no aplica|no procede|n d"
        "|non applicable|sans objet|so|s o|nicht anwendbar|entfallt|nicht zutreffend|nie dotyczy|nd"
        "|non applicabile|nao aplicavel|nao se aplica|niet van toepassing|nvt|n v t|ikke relevant|ej tillampligt"
        "|не применимо|неприменимо|не применяется|غير قابل للتطبيق|لا ينطبق|不适用|不適用|該当なし|해당 없음"
        "|해당없음|neni relevantni",
    }.items()
    for spelling in folded_words(spellings)
}
KIND_WORDS: dict[Kind, tuple[str, ...]] = {
    kind: tuple(folded_words(words))
    for kind, words in {
        Kind.MULTI: "multi|multiple|multiple choice|multi select|multiselect|multiple select|checkbox|checkboxes"
        "|check all|select all|seleccion multiple|mehrfachauswahl|choix multiple|wielokrotny wybor|checkbox tree"
        "|checkgroup|tagbox|多选|複数選択|اختيار متعدد",
        Kind.SINGLE: "single|single choice|single select|unique choice|choice|select|dropdown|drop down|radio"
        "|radios|radiogroup|list|picklist|rating|imagepicker|unica|einfachauswahl|auswahl|choix unique|choix"
        "|jednokrotny wybor|scale|单选|単一選択|اختيار واحد",
        Kind.DATE: "date|fecha|datum|data|date time|日期|日付|التاريخ|дата",
        Kind.NUMBER: "number|numeric|integer|decimal|amount|percentage|percent|pricing|numero|zahl|nombre|liczba"
        "|数字|数値|رقم|число",
        Kind.FILE: "file|upload|attachment|document|evidence|archivo|adjunto|datei|fichier|piece jointe|plik"
        "|zalacznik|文件|附件|ファイル|ملف|файл",
        Kind.LONG_TEXT: "text|long text|free text|free form|freeform|open|open ended|open text|narrative"
        "|paragraph|textarea|comment|box|textbox large|essay|descriptive|texto|texto libre|freitext|texte"
        "|texte libre|tekst|tekst otwarty|文本|自由文本|テキスト|自由記述|نص|текст",
        Kind.SHORT_TEXT: "short text|line|string|single line|text line|texto corto|kurztext|texte court|krotki tekst",
        Kind.TABLE: "table|matrix|grid|tabla|tabelle|tableau|tabela|matrixdynamic|matrixdropdown|表格",
        Kind.LOCATION: "country|countries|location|locations|address|pais|land|pays|kraj|国家",
        Kind.CONTACT: "contact|email|e mail|phone|contacto|kontakt|联系人",
        Kind.INFO: "info|information|info only|heading|html|static",
        Kind.YES_NO: "yes no|boolean|bool|y n|true false|si no|ja nein|oui non|tak nie|да нет|是 否|はい いいえ"
        "|نعم لا|check",
    }.items()
}
# How a question begins that only words can answer, whatever its column is headed.
IN_WORDS_STARTS = folded_words(
    "describe|please describe|explain|please explain|list|please list|name|state|specify|please specify|give details"
    "|provide details|outline|beschreiben|nennen|erlautern|geben sie|bitte beschreiben|bitte nennen|decrivez|decrire"
    "|precisez|listez|indiquez|enumerez|describa|indique|enumere|explique|opisz|opisac|prosze opisac|wymien|podaj"
    "|descrivere|elencare|indicare|descreva|liste|beschrijf|noem|опишите|перечислите|укажите|请描述|描述|请列出|列出|说明"
)
# How a question begins that yes or no answers.
YES_NO_STARTS = folded_words(
    "do|does|did|is|are|was|were|has|have|had|can|could|will|would|should|may|must|tiene|tienen|dispone|disponen"
    "|existe|existen|cuenta|cuentan|se|esta|estan|es|ha|han|haben|hat|ist|sind|gibt|werden|wird|verfugt|verfugen"
    "|fuhrt|liegt|liegen|wurde|wurden|besteht|bestehen|kann|konnen|erfolgt|erfolgen|existiert|existieren|nutzen"
    "|est ce que|avez|disposez|existe t|y a t|etes|czy|hai|avete|e|esiste|tem|possui|ha|heeft|hebben|zijn"
    "|wordt|есть ли|имеется ли|проводится ли|هل|是否|有没有|有无"
)
