"""A text to start from, in our own words: short, and binding both sides. A lawyer should read it before it is issued.

Words in square brackets are filled in when the text is issued.
"""

TITLE = "Confidentiality agreement for security reviews"
TERM_MONTHS, SURVIVAL_MONTHS, DESTROY_DAYS = 36, 24, 30

BODY = """\
# 1. Who agrees on what
This agreement is between [organisation] (“we”) and the company named in the certificate of acceptance (“you”). \
It covers what either of us shows the other so that we can review the security of your services, before we use \
them and for as long as we do (“the review”).

# 2. What is confidential
Confidential is everything that one party (“the owner”) shows or gives to the other (“the recipient”) for the \
review and that is not public, whatever its form and whether or not it is marked: reports of independent auditors \
such as SOC 1 and SOC 2 reports, bridge letters, results of penetration tests, answers to questions, policies, \
descriptions of systems, and what we tell you about our own plans, data and systems.

Not confidential is what the recipient can show was public without its fault, was lawfully known to it before, came \
lawfully from somebody who was free to pass it on, or was worked out by the recipient without using it.

# 3. What the recipient may do with it
The recipient uses confidential information only for the review: to assess the services, to decide on their use, to \
follow up on what was found, and to keep a record of the decision. It does not use it for anything else. In \
particular it does not publish it, does not use it to compete with the owner, and does not train machine-learning \
models with it.

# 4. Who may see it
The recipient shows confidential information only to those of its own people, professional advisers and auditors \
who need it for the review and who are bound to keep it as strictly as this agreement asks. It answers for them as \
for itself. Nobody else sees it unless the owner has agreed in writing.

# 5. How it is kept
The recipient guards confidential information as carefully as its own, and with reasonable care at least: stored \
encrypted, open only to those named in section 4, with a record of who opened it. It tells the owner without delay \
when it learns that somebody else has had access.

# 6. Reports of independent auditors
Such a report is meant for the readers it names. The recipient honours the restrictions on use that stand in it. \
Receiving it creates no duty of the auditor towards the recipient.

# 7. When the law asks for it
Where a law, a court or an authority compels the recipient to disclose confidential information, it discloses no \
more than it must and, where it may, tells the owner first so that the owner can object.

# 8. How long this lasts
This agreement starts on the day of acceptance and lasts [term_months] months. Either party may end it earlier in \
writing. For what was received while it lasted, the duties of sections 3 to 7 go on for [survival_months] months \
after its end, and for a trade secret as long as it is one.

# 9. Return and destruction
Within [destroy_days] days after these duties have ended, or earlier when the owner asks for it in writing, the \
recipient returns or destroys the confidential information it holds and confirms this on request. It may keep the \
record of its decision, what the law obliges it to keep, and copies in backups until these are overwritten in the \
usual course; for all of these the duties of this agreement go on.

# 10. What this agreement does not do
It gives no licence and no other right in the information, promises nothing about its completeness beyond the \
owner’s right to show it, and obliges nobody to buy or to sell.

# 11. Breach, law and courts
A breach may do harm that money does not make good; the owner may then ask a court for an order as well. The law \
of the place where [organisation] has its seat applies, and the courts there decide, unless a law that cannot be \
waived says otherwise.

# 12. Form
Acceptance in the portal by a person who may sign for you is as binding as a signature on paper. \
[signatory_name], [signatory_title], has agreed to this text for [organisation] in advance, for everybody who \
accepts it unchanged. Changes need writing. Should one part not hold, the others do. Where another contract \
between us protects the same information more strictly, the stricter rule applies.
"""
