"""What the sample reports of the demo say in their third section: four invented systems, in the words of their vendors.

{short_name}, {system}, {period_start} and {period_end} stand for what the report says of itself.
"""

from dataclasses import dataclass, fields, replace
from typing import Any

EVERY_CONTROL = range(1, 100)


@dataclass(frozen=True)
class SampleSystem:
    """A system as its vendor describes it; `usual` are the controls that it words as Quillhaven does."""

    prefix: str  # of the numbers of its controls
    purpose: str
    outside: str
    promises: str
    built_of: str
    people: str
    data: str
    happened: str
    risks: str
    usual: range = EVERY_CONTROL

    def number(self, count: int) -> str:
        """The number of a control, "QH-10" for its tenth."""
        return f"{self.prefix}-{count:02}"

    def told(self, **names: str) -> "SampleSystem":
        """The same with the names and days filled in."""
        texts = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "usual"}
        filled: dict[str, Any] = {name: text.format(**names) for name, text in texts.items()}
        return replace(self, **filled)


PEOPLE_CLOUD = SampleSystem(
    prefix="QH",
    purpose=(
        "{system} keeps the records of people at work for its customers: contracts, absences, payroll results and "
        "reviews. Customers reach it with a browser or through a programming interface. The system described here "
        "consists of the application, its programming interface, its databases and backups, and the people who build "
        "and run them."
    ),
    outside=(
        "Not part of the system are the mobile prototype, which held no customer data in the period, and tools that "
        "customers connect themselves."
    ),
    promises=(
        "{short_name} promises its customers in its terms that data are kept apart by customer, are encrypted while "
        "stored and while they travel, are available 99.5 percent of each month, and are deleted within 60 days after "
        "the end of a contract."
    ),
    built_of=(
        "The application runs on virtual servers in two regions. Each region holds its own databases and its own keys. "
        "Changes reach production through one pipeline. Servers are rebuilt from a common image each week."
    ),
    people=(
        "About 180 people work for {short_name}. Engineering builds and runs the system, security sets the rules and "
        "watches over them, the service desk speaks with customers, and internal audit reports to the board’s risk "
        "committee."
    ),
    data=(
        "Customer data are labelled confidential. They include names, addresses, bank details and absences of the "
        "customers’ staff. Payment cards are not stored."
    ),
    happened=(
        "Six security incidents were handled between {period_start} and {period_end}. None of them led to the loss or "
        "disclosure of customer data. The sign-on service was replaced in the first month; the controls stayed as "
        "described."
    ),
    risks=(
        "Risks are listed by all teams, rated by likelihood and effect, and reviewed each quarter by the head of "
        "security and the owners. Internal audit tests controls twice a year. Vendors that touch customer data are "
        "reviewed before use and each year after."
    ),
)
BROOKVANE_API = SampleSystem(
    prefix="BV",
    usual=range(3, 100, 3),
    purpose=(
        "{system} takes a text from a customer’s program and answers with one that a language model wrote. Customers "
        "have letters drafted with it, notes summed up and questions about documents answered. We describe the "
        "programming interface, the machines on which the models run, the console where customers make their keys, "
        "and the teams that keep all of it going."
    ),
    outside=(
        "The chat page for private persons stands on machines of its own and is left out; so are models that customers "
        "train elsewhere and the programs from which they call."
    ),
    promises=(
        "By contract {short_name} trains no model on what customers send. It keeps prompts and answers for 30 days to "
        "look into misuse and then erases them, encrypts both in every store and on every line, and answers 99.9 "
        "percent of the calls of a month."
    ),
    built_of=(
        "Models run on accelerators in racks that are rented in two places. A gateway before them knows the keys of "
        "customers, counts their calls and refuses what goes beyond a customer’s share. Models are signed, and a "
        "machine loads none that is not. Prompts have a store of their own, apart from accounts and invoices."
    ),
    people=(
        "Some 240 people belong to {short_name}. Research makes the models, platform operates the interface, a safety "
        "team reads reports of misuse, and trust and compliance looks after the controls and talks with auditors."
    ),
    data=(
        "Prompts and answers count as confidential whatever they hold, which may be names, letters and working lives "
        "of the people a customer writes about. Staff see them only when a customer or a report of misuse makes it "
        "necessary, and each look is recorded. Of keys, only hashes are stored."
    ),
    happened=(
        "Three incidents touched security between {period_start} and {period_end}; in none of them did a stranger see "
        "a prompt. Two models were added and one was withdrawn. The gateway moved to new machines in the fourth month, "
        "under the same controls."
    ),
    risks=(
        "Every team keeps a list of what could break a promise to customers. Twice a year managers weigh all of them. "
        "Internal audit tries a sample of the controls and tells management what fell short. A new model is put "
        "through trials of misuse before anybody outside may call it."
    ),
)
PALEWATER_RELAY = SampleSystem(
    prefix="PW",
    usual=range(2, 100, 3),
    purpose=(
        "{system} sends the mail that other programs write: receipts, reminders, word of a password that was changed. "
        "A customer hands a message over by SMTP or by a call. The relay signs it, delivers it to the mail server of "
        "whoever shall get it, and reports back whether it arrived. It is made of a receiving edge, queues, sending "
        "hosts, the log of deliveries and a console."
    ),
    outside=(
        "The newsletter editor is another product and is not described, nor are the mailboxes of recipients, which "
        "others run."
    ),
    promises=(
        "{short_name} undertakes to take mail in during 99.9 percent of each month, to pass it on under TLS wherever "
        "the other side can, to hold the body of a message until it is delivered and never beyond four days, and to "
        "delete what is left of a customer within 60 days after the last invoice."
    ),
    built_of=(
        "Edge and queues stand in two regions, either of which can carry the whole load. A message waits encrypted in "
        "one region while the other holds a note of it. Sending hosts have addresses of their own, in groups, so that "
        "mischief by one customer does not spoil the good name of the rest. The console and the log share a database, "
        "backed up each night to the second region."
    ),
    people=(
        "{short_name} has a staff of 62. Delivery keeps the relay running by day and night, the abuse desk watches "
        "what leaves it, development builds, and information security writes the rules; its head is heard by the "
        "board’s risk committee each quarter."
    ),
    data=(
        "Bodies of messages are confidential and are read by nobody. The log holds the addresses of both sides, the "
        "answer of the other server, and the subject where the customer wants it; it goes back 90 days. Lists of "
        "recipients belong to customers, who load and delete them."
    ),
    happened=(
        "Between {period_start} and {period_end} six incidents were rated as matters of security. Four were stolen "
        "passwords of customers with which somebody tried to send spam. No body of a message came into wrong hands. A "
        "third group of sending hosts was added."
    ),
    risks=(
        "Once a quarter information security goes through the register with the owners: an address that lands on "
        "blocklists, a queue that fills up, a supplier that gives out. Suppliers are sorted by the harm they could do. "
        "Controls are tried out by somebody who did not build them."
    ),
)
OSIER_CARDS = SampleSystem(
    prefix="OC",
    usual=range(1, 100, 3),
    purpose=(
        "{system} gives the staff of a company cards to pay with and gathers the receipts. Whoever has paid "
        "photographs the receipt or forwards it, a manager approves, and bookkeeping takes the entries over. Included "
        "are the web application, the apps for phones, the service that decides about a payment within its limits, the "
        "files with refunds, and those who develop and operate them."
    ),
    outside="The card scheme, the bank that holds the money and the ledgers of customers lie beyond the system.",
    promises=(
        "Customers have it in writing that a limit set in the application counts for the very next payment, that "
        "payments are decided on in 99.95 percent of all minutes, that receipts and accounts are encrypted wherever "
        "they lie or go, and that data of former customers are erased on the days that their contracts name."
    ),
    built_of=(
        "Everything runs in containers, in two data centers of one country. A new version replaces containers whole; "
        "nobody changes one that runs. The processor alone holds card numbers: {short_name} stores a token for each "
        "and its last four digits."
    ),
    people=(
        "Of about 95 people a third develop. Operations and security are one department under the head of security. "
        "When a person has left, access is withdrawn within one working day. Customer care works from two offices, and "
        "finance settles with the bank every morning."
    ),
    data=(
        "Payments, receipts, limits, and names and bank accounts of employees: all of it is confidential. Refund files "
        "are kept for 12 months, receipts for as long as the rules for bookkeeping ask."
    ),
    happened=(
        "Two security incidents fell between {period_start} and {period_end}: a laptop was lost, whose disk was "
        "encrypted, and customers were warned of a wave of forged invoices. Nothing of a customer was disclosed. The "
        "approval of limits was rebuilt in the ninth month."
    ),
    risks=(
        "Departments report what could go wrong, and the managing directors judge it twice a year, fraud with cards "
        "before all else. Somebody who did not build a control tries it out by a plan. Suppliers of the first class "
        "show an audit of their own every year."
    ),
)
