"""Whether data may be sent, vendor by vendor, and the SOC 2 list. That answers at /pricing/soc2/ too, where people look
for a vendor's plans; /soc2/ is its address."""

from django.urls import path

from procurement.clearance import views

app_name = "clearance"

urlpatterns = [
    path("clearance/", views.find, name="find"),
    path("soc2/", views.soc2, name="soc2-list"),
    path("soc2/list.csv", views.soc2_as_csv, name="soc2-csv"),
    path("pricing/soc2/", views.soc2, name="soc2-list-at-pricing"),
]
