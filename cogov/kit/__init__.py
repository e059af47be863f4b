"""What every room stands on: errors, parameters, files, plug-ins, portable numbers, addressed draws."""
