"""Whole reports in our own words, of invented firms, each in a manner that the sample corpus does not have."""

from tests.vendors.reading.paper import Paper

PERIOD = "throughout the period January 1, 2025 to December 31, 2025"
SIGNED = "Wexcombe Hale LLP\nLeeds, United Kingdom\n20 February 2026"
CLEAN = (
    "In our opinion, in all material respects, the description presents the Tally Service that was designed and "
    f"implemented, and the controls were suitably designed and operated effectively {PERIOD}."
)
FILLER = (
    "Engineers keep the service running in two regions and review its state each morning. Work that touches customer "
    "records is planned, written down and looked at by a colleague before it is done."
)
TESTED = "Inspected the records of a sample of {} items and compared them with the rule."


def oak(paper: Paper) -> Paper:
    """No section numbers; letterhead firm; quoted description title; a mapping before the tests; id column first."""
    paper.heading("Larchwood Freight, Inc.", 20).text("System and Organization Controls (SOC) 2 Type II Report")
    paper.text("Description of Larchwood's Cargo Ledger System Relevant to Security and Availability")
    paper.text("For the period October 1, 2024 through September 30, 2025").page()
    paper.heading("Report of Independent Service Auditors", 16).lines(
        "To the Board of Directors of Larchwood Freight, Inc.:"
    )
    paper.heading("Scope", 11).text(
        "We have examined Larchwood Freight, Inc.’s (“Larchwood”) accompanying description of its Cargo Ledger "
        "System titled "
        "“Larchwood’s Description of its Cargo Ledger System” for the period October 1, 2024 through September "
        "30, 2025 "
        "(the description) and the suitability of the design and operating effectiveness of the controls stated "
        "in the "
        "description throughout the period October 1, 2024 through September 30, 2025, based on the trust "
        "services criteria "
        "relevant to security and availability set forth in TSP section 100, Trust Services Criteria for Security, "
        "Availability, Processing Integrity, Confidentiality, and Privacy (AICPA, Trust Services Criteria).",
        "Larchwood uses Brackenfell Data Centers, LLC (“Brackenfell”) and Skerrow Cloud Corp. to provide "
        "colocation and "
        "object storage. The description does not include the controls at these subservice organizations. Our "
        "examination "
        "did not extend to them.",
        "The information in the section Other Information is presented by Larchwood and is not a part of the "
        "description. We "
        "do not express an opinion on it.",
    )
    paper.heading("Opinion", 11).text(
        "In our opinion, in all material respects,",
        "a. the description presents Larchwood’s Cargo Ledger System that was designed and implemented "
        "throughout the period "
        "October 1, 2024 through September 30, 2025, in accordance with the description criteria;",
        "b. the controls stated in the description were suitably designed and operated effectively throughout "
        "the period "
        "October 1, 2024 through September 30, 2025.",
    )
    paper.heading("Restricted use", 11).text("This report is for the parties that the engagement letter names.")
    paper.lines("Halvorsen & Pryce", "Portland, Oregon", "November 21, 2025").page()
    paper.heading("Larchwood Freight, Inc.’s Management Assertion", 16).text(
        "We have prepared the description of the Cargo Ledger System for the period October 1, 2024 through "
        "September 30, 2025. "
        "We confirm, to the best of our knowledge and belief, that the controls were suitably designed and operated "
        "effectively throughout that period.",
    )
    paper.lines("Larchwood Freight, Inc.", "November 20, 2025").page()
    paper.heading("Description of the Cargo Ledger System", 16).text(*[FILLER] * 12)
    paper.heading("Complementary User Entity Controls", 12).text(
        "User entities are expected to apply the controls below:"
    )
    paper.items(
        "Appointing administrators and withdrawing their roles when they change jobs.",
        "Telling Larchwood about lost devices within a day.",
        "Reviewing exported ledgers for completeness before they are relied upon.",
    ).page()
    paper.heading("Trust Services Criteria, Related Controls and Tests of Controls", 16).text(
        "The tests below were performed by Halvorsen & Pryce."
    )
    rows = [["CC6.1 The entity implements logical access measures over protected information assets."]]
    for number in range(1, 10):
        result = "No exceptions were noted."
        if number == 4:
            result = (
                "Exceptions noted: For three of 25 leavers, access was withdrawn after the due date. "
                "Management’s Response: The hand-over list is now produced each evening."
            )
        rows.append(
            [
                f"LF.{number:02d}",
                f"Rule {number} of the access standard is applied to each account.",
                TESTED.format(25),
                result,
            ]
        )
    rows.append(["CC7.2 The entity monitors system components for anomalies."])
    rows += [
        [f"LF.{number}", f"Rule {number} of the watch is kept. Exceptions noted during the watch are tracked.",
         TESTED.format(10), "No exceptions noted."]
        for number in range(10, 16)
    ]  # fmt: skip
    paper.table(["Control #", "Control", "Tests of Controls", "Results of Tests"], rows, [0.12, 0.3, 0.3, 0.28]).page()
    return paper.heading("Other Information Provided by Larchwood Freight, Inc.", 16).text(
        "Plans for next year are set out on request."
    )


def elm(paper: Paper) -> Paper:
    """European: assurance report and conclusion words, day-month dates, GmbH, deviations, criteria in a "
    "column, centred cells."""
    paper.heading("Ahornkamm Archiv GmbH", 20).text(
        "SOC 2 Type 2", "Belegspeicher", "1 April 2025 – 31 March 2026"
    ).page()
    paper.heading("1 Independent Service Auditor’s Assurance Report", 15).lines(
        "To the Management of Ahornkamm Archiv GmbH"
    )
    paper.text(
        "We have undertaken an engagement to report on the description of the Belegspeicher of Ahornkamm Archiv "
        "GmbH and on "
        "the suitability of the design and the operating effectiveness of its controls throughout the period 1 "
        "April 2025 – 31 "
        "March 2026. The criteria are the trust services criteria relevant to security and confidentiality.",
        "Ahornkamm relies on Felsbank Rechenzentrum AG for housing. The inclusive method is used: the "
        "description includes "
        "the relevant controls of Felsbank Rechenzentrum AG.",
    )
    paper.heading("Basis for Qualified Opinion", 11).text(
        "The description states that keys are replaced each year. For one of four keys this was not done. Trust "
        "services "
        "criterion CC6.1 was therefore not met from 1 April 2025 to 30 June 2025."
    )
    paper.heading("Qualified Opinion", 11).text(
        "In our opinion, except for the possible effects of the matter described in the Basis for Qualified "
        "Opinion section, "
        "the description presents the Belegspeicher as designed and implemented, and its controls were suitably "
        "designed and "
        "operated effectively throughout the period 1 April 2025 – 31 March 2026."
    )
    paper.lines("Graz, 4 May 2026", "", "Murtal Prüfung GmbH", "Wirtschaftsprüfungsgesellschaft").page()
    paper.heading("2 Statement by Management of Ahornkamm Archiv GmbH", 15).text(
        "We are responsible for the Belegspeicher. We state that its controls operated effectively throughout "
        "the period "
        "1 April 2025 – 31 March 2026, except that criterion CC6.1 was not met for three months."
    )
    paper.lines("3 May 2026").page()
    paper.heading("3 System Description", 15).text(*[FILLER] * 10)
    paper.heading("Customer Responsibilities", 12)
    paper.items(
        "Customers must name two persons who may order deletion.",
        "Customers must check each yearly summary of holdings.",
        mark="{}.",
    ).page()
    paper.heading("4 Tests of Controls and Results", 15)
    duty = (
        "The duty roster of the vault is kept and is approved by two people each month of the year, as the handbook "
        "says, and copies stay in the safe."
    )
    test = TESTED.format(12) + " Observed the handing over of keys on two days and asked both people how it is done."
    rows = []
    for group, criteria in ((1, "CC6.1"), (2, "C1.1")):
        for number in range(1, 5):
            late = (group, number) == (1, 3)
            told = "Deviation noted. One of four keys was not replaced in time." if late else "No deviations noted."
            rows.append([f"OPS-{group}.{number}", criteria, duty, test, told])
    paper.table(
        ["Control No.", "Criteria", "Control activity", "Test", "Result"],
        rows,
        [0.13, 0.12, 0.28, 0.27, 0.2],
        centred=True,
    )
    return paper


def ash(paper: Paper) -> Paper:
    """A Type 1: as of a day, and the auditor says that operating effectiveness was not looked at."""
    paper.heading("Report on Hazelrigg Notes, Inc.’s Description of Its Notebook Platform", 18)
    paper.text("SOC 2® – Type 1", "As of March 31, 2026", "Relevant to Security").page()
    paper.heading("Independent Service Auditor’s Report", 15).lines("To: Hazelrigg Notes, Inc.")
    paper.text(
        "We have examined Hazelrigg Notes, Inc.’s description of its Notebook Platform as of March 31, 2026 and "
        "the suitability of "
        "the design of controls stated in the description as of March 31, 2026, based on the trust services "
        "criteria relevant to "
        "security.",
        "We did not perform any procedures regarding the operating effectiveness of controls stated in the "
        "description and, "
        "accordingly, do not express an opinion on the operating effectiveness of controls.",
    )
    paper.heading("Opinion", 11).text(
        "In our opinion, in all material respects, the description presents the Notebook Platform that was "
        "designed and implemented "
        "as of March 31, 2026, and the controls were suitably designed as of March 31, 2026."
    )
    paper.lines("Quarrington CPAs", "Boise, Idaho", "April 30, 2026").page()
    paper.heading("Assertion of Hazelrigg Notes, Inc.", 15).text(
        "We have prepared the description of the Notebook Platform as of March 31, 2026. We confirm that "
        "controls were suitably designed."
    ).page()
    return paper.heading("Description of the Notebook Platform", 15).text(*[FILLER] * 6)


def yew(paper: Paper) -> Paper:
    """Small rooms: lettered parts, capitals as titles, an examination before and one to come, organizations in lines,
    duties set in without marks, criteria in a table of the description, answers under numbers."""
    period = "throughout the period 1 April 2025 to 31 March 2026"
    paper.heading("SOC 2 Type II", 18).lines("Wharfedale Pupils plc", "Register Cloud", "1 April 2025 to 31 March 2026")
    paper.page().heading("A. Statement by Management", 14).text(
        f"We have prepared the description of the Register Cloud {period}.", "12 May 2026"
    )
    paper.page().heading("B. Independent Service Auditor’s Report", 14).lines(
        "To the Executive Board of Wharfedale Pupils plc"
    )
    paper.text(
        "SCOPE",
        "We have examined the description by Wharfedale Pupils plc (“Wharfedale”) of its Register Cloud "
        f"{period} and the suitability of the design and operating effectiveness of its controls, based on the trust "
        "services criteria relevant to security. The criteria for availability were not part of our examination.",
        "The prior period, 1 April 2024 to 31 March 2025, was examined as well. The next examination covers "
        "1 April 2026 to 31 March 2027.",
        "Wharfedale uses the following subservice organizations:",
    )
    paper.lines("Felsbank AG – housing of servers", "Orchard Ltd. – text messages").text(
        "The carve-out method was applied to both.",
        "WHARFEDALE’S RESPONSIBILITIES",
        "Wharfedale is responsible for its controls.",
        f"In our opinion, in all material respects, the description presents the Register Cloud as designed {period}, "
        f"and the controls were suitably designed and operated effectively {period}.",
    )
    paper.lines("Burnsall Audit", "Leeds, England | 15 May 2026").page()
    paper.heading("C. Description of the Register Cloud", 14).text(*[FILLER] * 4)
    paper.heading("C.7 Complementary User Entity Controls", 12).text("The service relies on schools:")
    paper.text("Schools name who may sign.", "Schools withdraw the accounts of leavers.", indent=24)
    paper.heading("C.8 Mapping of Criteria", 12).table(
        ["Criteria", "Controls"], [["CC6.1", "LOG-1, LOG-2, LOG-3"], ["CC6.2", "LOG-4, LOG-5"]], [0.3, 0.7]
    )
    paper.page().heading("D. Tests of Controls and Results", 14)
    told = {2: "Exception noted (1). One was late.", 4: "Exception noted (2). For 3 of 25, nothing was kept."}
    rows = [
        [f"LOG-{n}", "Accounts are kept.", TESTED.format(25), told.get(n, "No exceptions noted.")] for n in range(1, 6)
    ]
    paper.table(["Control", "Description", "Tests", "Results"], rows, [0.14, 0.26, 0.35, 0.25])
    paper.page().heading("E. Information not covered by this report", 14)
    return paper.text("Management’s Responses", "Exception 1: It was closed.", "Exception 2: A list is kept now.")


def fir(paper: Paper) -> Paper:
    """Prose tests under criteria, ids without letters, replies in the last part, one of them missing."""
    period = "throughout the period 1 July 2024 to 30 June 2025"
    paper.heading("SOC 2 Type II", 20).lines(
        "Bexhill Signals plc", "Signal Relay Platform", "1 July 2024 to 30 June 2025"
    ).page()
    paper.heading("Section 1 - Assertion of Bexhill Signals plc Management", 14).text(
        f"We have prepared the accompanying description of the Signal Relay Platform {period}."
    )
    paper.lines("Bexhill Signals plc", "Chief Executive Officer").page()
    paper.heading("Section 2 - Independent Service Auditor’s Report", 14).lines(
        "To the Management of Bexhill Signals plc"
    )
    paper.text(
        "We have examined the description of the Signal Relay Platform of Bexhill Signals plc in Section 3 and "
        "the suitability "
        f"of the design and operating effectiveness of controls {period}, based on the criteria relevant to "
        f"security.",
        "Bexhill uses Tarnfield Hosting (Tarnfield) for hosting under the carve-out method.",
    )
    paper.heading("Opinion", 11).text(
        "In our opinion, in all material respects, the description presents the Signal Relay Platform that was "
        "designed and "
        f"implemented {period}; and the controls operated effectively {period}."
    )
    paper.lines("Corbridge & Daughters LLP", "Chicago, Illinois", "15 August 2025").page()
    paper.heading("Section 3 - Description of the Signal Relay Platform", 14).text(*[FILLER] * 8).page()
    paper.heading("Section 4 - Information Provided by the Service Auditor", 14)
    paper.text("The results below are those of Corbridge & Daughters LLP.")
    for criterion in ("CC6.1", "CC6.2"):
        paper.text(f"Criteria: {criterion} The entity does what it should about access.")
        for number in range(1, 4):
            told = "No deviations noted."
            if number == 3:
                told = "Deviations noted. One quarter was reviewed late. Refer to Section V for management’s response."
            paper.text(
                f"Control {criterion[-1]}.{number:02d}: Accounts are reviewed.",
                "Tests: Inspected reviews for two quarters.",
                f"Results: {told}",
            )
    paper.page().heading("Section 5 - Other Information Provided by Bexhill Signals plc", 14)
    return paper.text("Management’s Responses to Exceptions", "1.03: The calendar was corrected.")


def scope(*, system: str = "Tally Service", period: str = "", categories: str = "security") -> str:
    """The sentence that says what was examined."""
    return (
        f"We have examined Sedgemoor Ledger Ltd.’s description of its {system} {period or PERIOD} and the "
        f"suitability of "
        "the design and operating effectiveness of its controls, based on the trust services criteria relevant to "
        f"{categories}."
    )


def _letter(
    paper: Paper,
    *,
    scope: str,
    opinion: str,
    uses: str = "",
    basis: str = "",
    heading: str = "Opinion",
    signed: str = SIGNED,
) -> Paper:
    paper.heading("Report of Independent Accountants", 15).lines("To the Directors of Sedgemoor Ledger Ltd.")
    paper.text(scope, *([uses] if uses else []))
    if basis:
        paper.heading(f"Basis for {heading}", 11).text(basis)
    paper.heading(heading, 11).text(opinion)
    return paper.lines(*signed.splitlines()).page()


def letter_only(paper: Paper, *, uses: str = "", **words: str) -> Paper:
    """A cover and an auditor's report, with these words in it. `uses`: a paragraph after the scope."""
    paper.heading("Sedgemoor Ledger Ltd.", 20).text("SOC 2 Type 2 report on the Tally Service").page()
    return _letter(paper, **{"scope": scope(), "opinion": CLEAN, **words}, uses=uses)
